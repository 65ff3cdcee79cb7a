// A paper: the same for the same person and try, without keys, and graded as a whole.
import { expect, test } from 'vitest'
import {
  gradePaper,
  makePaper,
  pointsOf,
  prefixOf,
  sentFor,
  triesBefore,
  type TestItem,
} from '#course/course-test/paper.ts'
import type { Answer } from '#quiz/question.ts'
import { rightAnswer } from '#quiz/say-answer.ts'
import { filledForm } from '../../quiz/filled-form.ts'
import { samples } from '../../quiz/samples.ts'

// Short answers are never in the test of a course: they wait for graders.
const bank: TestItem[] = Object.values(samples)
  .filter(({ kind }) => kind !== 'short-answer')
  .map((item, i) => ({ item, lesson: `lsn-${i % 2}` }))
const sitting = { person: 'p', revision: 'rev-1', count: bank.length, tries: [] }
const paper = makePaper(bank, sitting)

/** The form of a paper with an answer to each item. */
function handIn(answers: readonly [string, Answer][]): FormData {
  const whole = new FormData()
  for (const [item, answer] of answers)
    for (const [name, value] of filledForm(answer, item))
      if (!['item', 'lesson', 'event'].includes(name)) whole.append(`${prefixOf(item)}${name}`, value)
  return whole
}
const allRight = () => paper.items.map((item): [string, Answer] => [item.id, rightAnswer(item)])

test('loaded again it is the same; for another person or try, or with other wording, it has another mark', () => {
  expect(makePaper(bank, sitting)).toEqual(paper)
  const [first, ...rest] = bank
  if (!first) throw new Error('The bank is empty.')
  const reworded = [{ ...first, item: { ...first.item, revision: 9 } }, ...rest]
  const others = [
    makePaper(bank, { ...sitting, person: 'q' }),
    makePaper(bank, { ...sitting, revision: 'rev-2' }),
    makePaper(bank, { ...sitting, tries: [{ items: [] }] }),
    makePaper(reworded, sitting),
    makePaper(rest, sitting),
  ]
  expect(new Set([paper, ...others].map(({ mark }) => mark)).size).toBe(others.length + 1)
})

test('the mark tells how many tries came before, and a forged one tells nothing', () => {
  expect(triesBefore(makePaper(bank, { ...sitting, tries: [{ items: [] }, { items: [] }] }).mark)).toBe(2)
  expect(triesBefore(paper.mark)).toBe(0)
  for (const forged of ['', 'x', '-'])
    expect([0, 1, 2].some((tries) => tries > triesBefore(forged))).toBe(false)
})

test('what a browser sees has neither key nor rationale nor passage, and options in an order of this paper', () => {
  const shown = JSON.stringify(paper.questions)
  for (const { item } of bank) {
    expect(shown).not.toContain(item.rationale)
    expect(shown).not.toContain('"key"')
    expect(shown).not.toContain('"passage"')
  }
  const ordersOf = (id: string) =>
    Array.from({ length: 12 }, (_, i) => makePaper(bank, { ...sitting, person: `p${i}` }).questions)
      .map((questions) => questions.find((one) => one.id === id))
      .map((one) => (one && 'options' in one ? one.options.map((option) => option.id).join() : ''))
  for (const { item } of bank)
    if ('options' in item) expect(new Set(ordersOf(item.id)).size).toBeGreaterThan(1)
})

test('every answer right gives a point an item, whatever its kind', () => {
  const graded = gradePaper(paper.items, handIn(allRight()))
  if (graded.type !== 'graded') throw new Error('It was not graded.')
  expect(graded.answers.map(({ item }) => item)).toEqual(paper.items)
  expect(graded.answers.map(({ answer }) => answer)).toEqual(paper.items.map(rightAnswer))
  expect(pointsOf(graded.answers)).toBe(bank.length)
})

test('partly right answers count in proportion', () => {
  const points = [
    { earned: 1, possible: 3 },
    { earned: 1, possible: 3 },
    { earned: 1, possible: 3 },
    { earned: 0, possible: 1 },
  ]
  expect(pointsOf(points)).toBe(1)
  expect(pointsOf(points.slice(0, 2))).toBe(0.667)
})

test('what is missing is named with its number, and what was answered is kept field by field', () => {
  const [first, second, ...rest] = allRight()
  if (!first || !second) throw new Error('The paper is too short.')
  const form = handIn([first, ...rest])
  const graded = gradePaper(paper.items, form)
  expect(graded).toMatchObject({ type: 'incomplete', blanks: [{ item: second[0], number: 2 }] })
  expect(graded.type === 'incomplete' && graded.blanks[0]?.missing).toMatch(/[\u4e00-\u9fff]/)
  expect(sentFor(form, second[0])).toEqual({})
  expect(Object.values(sentFor(form, first[0])).flat().length).toBeGreaterThan(0)
})

test('a paper sent empty names every item', () => {
  const graded = gradePaper(paper.items, new FormData())
  expect(graded.type === 'incomplete' && graded.blanks.map(({ number }) => number)).toEqual(
    paper.items.map((_, i) => i + 1),
  )
})
