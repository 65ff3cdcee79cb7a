// A county with trainers, a reviewer and a publisher, the library as it comes, and a lesson that passes every check.
import { beforeAll } from 'vitest'
import { parse, stringify } from 'yaml'
import { read } from '#db/database.server.ts'
import { draft } from '#db/schema/studio.ts'
import { eq } from 'drizzle-orm'
import { ownerMark } from '#course/owner.server.ts'
import type { Role, Session } from '#people/session.ts'
import { startDraft } from '#studio/draft/begin.server.ts'
import { frontmatterOf, withMeta } from '#studio/draft/frontmatter.ts'
import { saveDraft } from '#studio/draft/save.server.ts'
import { realLibrary } from '../course/real-library.ts'
import { addPerson, addUnits } from '../people/house.ts'

/** Units and people by name, filled before the tests. */
export const people: Record<string, Session> = {}

const paths = { county: '/county/', east: '/county/east/', west: '/county/west/' }
const staff: [string, Role[], keyof typeof paths][] = [
  ['wang', ['trainer'], 'county'],
  ['li', ['trainer'], 'county'],
  ['zhao', ['reviewer'], 'county'],
  ['sun', ['publisher'], 'county'],
  ['qian', ['trainer'], 'east'],
  ['wu', ['trainer', 'reviewer', 'publisher'], 'west'],
]

/** Returns where the database lies. */
export function newsroom() {
  const place = realLibrary()
  beforeAll(async () => {
    await addUnits(paths)
    for (const [name, roles, unit] of staff) {
      const id = await addPerson({ number: name, name, roles: roles.map((role) => [role, unit]) })
      const grants = roles.map((role) => ({ role, unitId: unit, path: paths[unit] }))
      people[name] = {
        ...{ id: name, person: { id, number: name, name }, grants },
        ...{ unitPaths: [], secondFactor: false, noticeVersion: null },
      }
    }
  })
  return place
}

export const person = (name: string): Session => {
  const found = people[name]
  if (!found) throw new Error(`There is no ${name}.`)
  return found
}

/** A draft as it is stored. */
export async function stored(id: string) {
  const [row] = await read.select().from(draft).where(eq(draft.id, id))
  if (!row) throw new Error(`There is no draft ${id}.`)
  return row
}

const body = `## 送来的两瓶酒

评议低保的前一天，有人在门口放下两瓶酒就走了。会前要把东西退回去，退的时候请一位同事同去。

<Quiz item="itm-wine-1" />
`

const items = [
  {
    ...{ id: 'itm-wine-1', revision: 1, kind: 'true-false', indicator: 'conflict-of-interest' },
    ...{ difficulty: 'easy', passage: '退的时候请一位同事同去。', stem: '退东西时，请一位同事同去。' },
    ...{ key: true, rationale: '有人同去，事情才说得清。' },
  },
]

/** Saves as the page does, from the version that is there. */
export async function save(by: Session, id: string, source: string, itemsSource?: string | null) {
  const row = await stored(id)
  const content = { type: 'source', source }
  return saveDraft(by, {
    ...{ draft: id, owner: ownerMark(by.person.id), version: row.version, content },
    items: itemsSource === undefined ? row.itemsSource : itemsSource,
  })
}

/** A new lesson by a person, ready to be handed in. */
export async function readyLesson(by: Session, title = '门口的两瓶酒'): Promise<string> {
  const id = await startDraft(by, { kind: 'lesson', title, course: 'crs-jiafeng' })
  const { source, documentId } = await stored(id)
  const own = items.map((item) => ({ ...item, id: `itm-${documentId.slice(4)}-1` }))
  const filled = withMeta(source, {
    ...{ summary: '放在门口的礼怎么退。', minutes: 2, indicators: ['conflict-of-interest'] },
    sources: [{ work: '《中国共产党纪律处分条例》' }],
  })
  const text = `---\n${frontmatterOf(filled)}\n---\n\n${body.replace('itm-wine-1', own[0]?.id ?? '')}`
  await save(by, id, text, stringify(own))
  return id
}

/** The frontmatter of a draft. */
export const headOf = (source: string) => parse(frontmatterOf(source)) as Record<string, unknown>
