// What the demo's year is made of: the county, its people, the model and the lessons that the library really holds.
import { askedBy } from '#course/asked.server.ts'
import { lessonChecks } from '#course/checks.server.ts'
import { itemsOf } from '#course/library.server.ts'
import { momentOf, type Year } from '#demo/calendar.ts'
import { buildCounty, type County } from '#demo/county.ts'
import { inventPeople } from '#demo/people.ts'
import type { DemoLesson } from '#demo/visit.ts'
import type { World } from '#demo/year.ts'
import { modelInUse } from '#record/capability/model.server.ts'
import { neededSeconds } from '#record/hours/rule.ts'
import { versionsInForce } from '#record/versions.server.ts'

/** The invented county as it stands before its year begins. */
export async function inventWorld(year: Year): Promise<World & { county: County }> {
  const county = buildCounty(momentOf(year.firstOn, 8 * 60))
  const { model } = modelInUse()
  return { year, county, people: inventPeople(county, year), model, lessons: await publishedLessons(year) }
}

/** Every published lesson in the order of the library, with its questions and keys. */
async function publishedLessons(year: Year): Promise<DemoLesson[]> {
  const rule = (await versionsInForce()).hourRule(new Date(momentOf(year.firstOn, 0)).toISOString())
  const lessons: DemoLesson[] = []
  for (const { id } of await lessonChecks()) {
    const asked = await askedBy(id)
    const questions = [...(await itemsOf(asked.revision)).values()]
    lessons.push({ ...asked, questions, neededSeconds: neededSeconds(rule, asked.minutes) })
  }
  return lessons
}
