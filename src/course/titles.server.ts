// Titles of lessons, stems of items, names of indicators and of who observed, also of those that are gone, and which
// observation was corrected, so that old records stay readable.
import { eq, inArray, sql } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { bankItem } from '#db/schema/assessment.ts'
import { document, item, revision } from '#db/schema/library.ts'
import { person } from '#db/schema/people.ts'
import { indicatorNamed } from '#record/capability/model.server.ts'
import type { EventOf } from '#record/events/event.ts'
import { factsOf } from '#record/hours/credited.server.ts'
import { sayWhich } from '#record/say-event.ts'

/** The lesson, item, indicator, rater and corrected event that something tells of, by id, where it tells of any. */
export type Named = {
  lesson?: unknown
  item?: unknown
  indicator?: unknown
  rater?: unknown
  corrects?: unknown
}

/** Title by lesson id, stem by item id, newest revision, name by indicator and rater, words by corrected observation. */
export async function titlesOf(named: Iterable<Named>): Promise<Map<string, string>> {
  const told = [...named]
  const seen = await observationsIn(idsIn(told.map(({ corrects }) => corrects)))
  const all: Named[] = [...told, ...seen.values()]
  const ids = idsIn(all.flatMap(({ lesson, item }) => [lesson, item]))
  const names = [
    ...idsIn(all.map(({ indicator }) => indicator)).map((id) => [id, indicatorNamed(id) ?? id] as const),
    ...(await namesOf(idsIn(all.map(({ rater }) => rater)))),
  ]
  const titles = new Map([...names, ...(ids.length > 0 ? await libraryTitles(ids) : [])])
  for (const [id, facts] of seen)
    titles.set(
      id,
      sayWhich(facts, (name) => titles.get(name) ?? null),
    )
  return titles
}

/** Those of some events that are observations, with their facts; what was erased is left out. */
async function observationsIn(ids: string[]): Promise<Map<string, EventOf<'practice-observed'>>> {
  const found = [...(await factsOf(ids))].flatMap(([id, { kind, facts }]) =>
    kind === 'practice-observed' && 'level' in facts
      ? [[id, facts as EventOf<'practice-observed'>] as const]
      : [],
  )
  return new Map(found)
}

const idsIn = (all: readonly unknown[]) => [...new Set(all.filter((id) => typeof id === 'string'))]

async function namesOf(people: string[]): Promise<[string, string][]> {
  if (people.length === 0) return []
  const rows = await read
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(inArray(person.id, people))
  // Of who was erased nothing is left but the id.
  return rows.filter(({ name }) => name !== '').map(({ id, name }) => [id, name])
}

async function libraryTitles(ids: string[]): Promise<[string, string][]> {
  const lessons = await read
    .select({ id: document.id, title: sql<string>`coalesce(${revision.meta} ->> 'title', '')` })
    .from(document)
    .innerJoin(revision, eq(revision.id, document.publishedRevisionId))
    .where(inArray(document.id, ids))
  // Who answered a secure item must not find it in his record, where it could be copied.
  const items = await read
    .select({
      id: item.id,
      title: sql<string>`iif(${bankItem.secure}, '监考卷里的一道题', coalesce(${item.body} ->> 'stem', ''))`,
    })
    .from(item)
    .leftJoin(bankItem, eq(bankItem.id, item.id))
    .where(inArray(item.id, ids))
    .orderBy(item.revision)
  return [...lessons, ...items].map(({ id, title }) => [id, title])
}
