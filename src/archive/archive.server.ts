// The training archive of people as rows of cells, a slice of people at a time: what they learned here, what was
// brought in from elsewhere, where they were confirmed to be; with unit and post of the time.
import { sql } from 'drizzle-orm'
import { tidyText } from '#sheet/cell.ts'
import { meterNames, natureNames, type Cells } from '#archive/columns.ts'
import { frameToday } from '#archive/frame.server.ts'
import { heldBy, type Held } from '#archive/held.server.ts'
import { amountFields, wordFields, type Activity } from '#archive/hours-entry.ts'
import { inSlices } from '#archive/in-slices.server.ts'
import { namesOf } from '#archive/batch.server.ts'
import type { Listed } from '#archive/scope.server.ts'
import { read } from '#db/database.server.ts'
import { exact } from '#record/hours/activity.ts'

/** People whose rows are made together: some have hundreds. */
const slice = 5

/** What an archive may name beside what is recorded: posts by id. */
export type PostNames = ReadonlyMap<string, { name: string }>

/** Rows of some people, with who has any. */
export type Part = { people: Listed[]; rows: Cells[] }

/**
 * The archive of people in their order; inside it by day.
 * @param year only what ended in this year.
 */
export async function* archiveOf(
  people: readonly Listed[],
  posts: PostNames,
  year: number | null = null,
): AsyncGenerator<Part> {
  const [{ activities }, units] = [await frameToday(), await unitNames()]
  for await (const some of inSlices(people, slice)) {
    const ids = some.map(({ id }) => id)
    const held = (await heldBy(ids)).filter(
      ({ endOn }) => year === null || Number(endOn.slice(0, 4)) === year,
    )
    const frame = {
      ...{ activities, posts, units },
      places: await placesOf(ids),
      names: await namesOf(held.flatMap(({ enteredBy, approvedBy }) => [enteredBy, approvedBy])),
    }
    const byPerson = Map.groupBy(held, ({ person }) => person)
    const withRows = some.filter(({ id }) => byPerson.has(id))
    const rows = withRows.flatMap((one) => {
      const own = (byPerson.get(one.id) ?? []).toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
      return own.map((entry) => toCells(one, entry, frame))
    })
    yield { people: withRows, rows }
  }
}

const orderOf = ({ endOn, startOn, meter, title }: Held) => [endOn, startOn, meter, title].join(' ')

type Place = { person: string; unitId: string; post: string; fromOn: string; toOn: string | null }

type Frame = {
  activities: Activity[]
  posts: PostNames
  units: Map<string, string>
  places: Map<string, Place[]>
  names: Map<string, string>
}

function toCells({ id, number, name }: Listed, held: Held, frame: Frame): Cells {
  const { entry = {} } = held
  const place = frame.places
    .get(id)
    ?.find(({ fromOn, toOn }) => fromOn <= held.endOn && (toOn ?? '9999') >= held.endOn)
  const kept = (field: (typeof wordFields)[number], otherwise = '') => tidyText(entry[field] ?? otherwise)
  const amount = (value: number | null | undefined) =>
    value === null || value === undefined ? '' : String(exact(value))
  // Never empty: an empty cell would be filled with other names where this is imported.
  const nameOf = (by: string | null, platform: boolean) =>
    (by === null ? undefined : frame.names.get(by)) ?? (platform ? '平台' : '未记载')
  const lesson = held.kind === 'lesson'
  return {
    ...(Object.fromEntries(wordFields.map((field) => [field, kept(field)])) as Pick<
      Cells,
      (typeof wordFields)[number]
    >),
    ...(Object.fromEntries(amountFields.map((field) => [field, amount(entry[field])])) as Pick<
      Cells,
      (typeof amountFields)[number]
    >),
    number,
    name: tidyText(name),
    unit: kept('unit', place && frame.units.get(place.unitId)),
    post: kept('post', place && (frame.posts.get(place.post)?.name ?? place.post)),
    title: tidyText(held.title),
    category: kept('category', lesson ? '网络' : ''),
    meter: meterNames[held.meter],
    nature: held.nature ? natureNames[held.nature] : '',
    activity: frame.activities.find((one) => one.id === held.activity)?.title ?? held.activity ?? '',
    organiser: tidyText(held.organiser),
    startOn: held.startOn,
    endOn: held.endOn,
    hours: amount(held.hours),
    points: amount(held.kind === 'imported' ? entry.points : held.points),
    rule: kept('rule', held.rule),
    source: kept('source', held.kind === 'imported' ? '导入' : '平台'),
    enteredBy: kept('enteredBy', nameOf(held.enteredBy, held.kind !== 'imported')),
    approvedBy: kept('approvedBy', nameOf(held.approvedBy, lesson)),
  }
}

/** Every unit by the way to it from the root: 青溪县/白石镇/云岭村. */
async function unitNames(): Promise<Map<string, string>> {
  const rows = await read.all<{ id: string; name: string; path: string }>(
    sql`select id, name, path from unit`,
  )
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  const way = (path: string) => path.split('/').filter(Boolean)
  return new Map(
    rows.map(({ id, path }) => [
      id,
      way(path)
        .map((step) => names.get(step) ?? '')
        .join('/'),
    ]),
  )
}

/** The posts of people over time, the main ones first. */
async function placesOf(ids: string[]): Promise<Map<string, Place[]>> {
  const rows = await read.all<Place>(sql`
    select person_id as person, unit_id as unitId, post, from_on as fromOn, to_on as toOn from assignment
    where person_id in (select value from json_each(${JSON.stringify(ids)})) order by main desc, from_on, id`)
  return Map.groupBy(rows, ({ person }) => person)
}
