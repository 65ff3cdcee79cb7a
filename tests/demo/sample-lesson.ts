// A lesson to plan a year with, without a library.
import { items as samples } from '../quiz/samples.ts'
import type { DemoLesson } from '#demo/visit.ts'

/** A lesson holds no short answers: they wait for graders. */
const items = samples.filter(({ kind }) => kind !== 'short-answer')

/** One lesson of ten minutes, two sections and an item of every kind. */
export const sampleLesson: DemoLesson = {
  id: 'lsn-sample',
  course: 'crs-sample',
  title: '样课',
  edition: 1,
  revision: 'rev-1',
  minutes: 10,
  courseMinutes: 10,
  nature: 'compulsory',
  sections: ['s1', 's2'],
  items: items.map(({ id }) => id),
  placeOf: new Map(items.map(({ id }) => [id, 's1'])),
  questions: items,
  neededSeconds: 540,
}
