// Derives everything again from the events, person by person, and compares it with what is stored. Nothing is written.
import { desc, eq, sql } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import type { Database } from '#db/database.server.ts'
import type { Progress } from '#db/lock.server.ts'
import { person } from '#db/schema/people.ts'
import { belief, countedSpan, credit, evidence, progress, refusedTime, version } from '#db/schema/record.ts'
import { placementOf } from '#db/unit-totals.server.ts'
import { standAt, type NewBelief } from '#record/capability/standing.server.ts'
import { wrongUnits } from '#record/capability/unit/recount.server.ts'
import { compareDerived, type DerivedRows, type Difference } from '#record/compare-derived.ts'
import { canonicalJson } from '#record/events/chain.ts'
import { hourRules, ofRules } from '#record/hours/rule.server.ts'
import { freshRows, movedIn, newestBelief } from '#record/ledger.server.ts'
import type { InForce } from '#record/ledger.ts'
import type { Pace } from '#record/pace.server.ts'
import { extentOf } from '#record/rebuild.server.ts'
import { replay, turns } from '#record/replay.server.ts'
import { storedVersions } from '#record/versions.server.ts'

/** More differences of one person than this are only counted. */
const mostOfOne = 20

/** So often somebody's events may grow while they are being compared. */
const mostTries = 50

/** A person as faults name him. */
export async function labelOf(db: Database, id: string): Promise<string> {
  const [known] = await db.select({ number: person.number }).from(person).where(eq(person.id, id))
  return known ? `工号 ${known.number}` : `人员 ${id}`
}

/** What is stored of these people otherwise than their events give it, in Chinese sentences. */
export async function differences(
  db: Database,
  people: readonly string[],
  report: Progress,
): Promise<string[]> {
  const said: string[] = []
  const byRule = new Map<string, number>()
  const compare = comparison(db, await storedVersions(db))
  for (const [i, id] of people.entries()) {
    const found = await compare(id)
    report(i + 1, people.length, '核对推算的数据')
    if (found.length === 0) continue
    const label = await labelOf(db, id)
    const lines = found.slice(0, mostOfOne).map(({ says }) => `${label}：${says}。${mend}`)
    said.push(...lines)
    if (found.length > mostOfOne)
      said.push(`${label}：另外还有${found.length - mostOfOne}处推算的数据对不上。`)
    const rules = new Set(found.flatMap(({ rule }) => rule ?? []))
    for (const rule of rules) byRule.set(rule, (byRule.get(rule) ?? 0) + 1)
  }
  const many = [...byRule].filter(([, count]) => count > 1)
  return [...many.map(([rule, count]) => ruleDoubt(rule, count)), ...said]
}

const mend = '查明以后运行 npm run rebuild 重新推算。'

const ruleDoubt = (rule: string, count: number) =>
  `按规则 ${rule} 给的学时，有${count}个人的对不上：不是 credit 表被改过，就是 version 表里这一版规则的内容和给学时的时候不一样。先核对规则，再运行 npm run rebuild。`

/** Compares one person after another, with turns for everybody else. */
function comparison(db: Database, versions: InForce) {
  const yourTurn = turns()
  let inForce = versions
  return async (id: string): Promise<Difference[]> => {
    let fresh = false
    for (let tries = 0; tries < mostTries; tries++) {
      const before = await extentOf(db, id)
      const found = await compareOnce(db, id, inForce, yourTurn)
      if ((await extentOf(db, id)) !== before) continue
      if (found.length === 0 || fresh) return found
      // A version may have come into force since.
      inForce = await storedVersions(db)
      fresh = true
    }
    return [{ says: '一直有新的记录，推算的数据没有核对成，请过一会儿再核对', rule: null }]
  }
}

async function compareOnce(
  db: Database,
  id: string,
  inForce: InForce,
  yourTurn: () => Promise<void>,
): Promise<Difference[]> {
  const derived = await deriveRows(db, id, inForce, yourTurn)
  if (derived === null) return [{ says: noRule, rule: null }]
  return compareDerived(await storedRows(db, id, yourTurn), derived)
}

const noRule =
  '有的记录找不到当时的学时规则，没法重新推算：version 表里的规则被删过或改过。把规则恢复以后再核对'

/** What the events of a person give, as rows; null if no rule was in force at one of them. */
async function deriveRows(
  db: Database,
  id: string,
  inForce: InForce,
  yourTurn: () => Promise<void>,
): Promise<DerivedRows | null> {
  let unruled = false
  const hourRule = (at: string) => {
    try {
      return inForce.hourRule(at)
    } catch (error) {
      unruled = true
      throw error
    }
  }
  try {
    const ledger = await replay(id, { ...inForce, hourRule }, Number.MAX_SAFE_INTEGER, yourTurn, db)
    const beliefs: DerivedRows['belief'][number][] = []
    const standingOf = await standingsOf(db, id)
    for (const indicator of movedIn(ledger)) {
      const found = newestBelief(ledger, indicator)
      if (found) beliefs.push({ ...found.row, ...standingOf(found) })
      await yourTurn()
    }
    return { ...freshRows(ledger), belief: beliefs }
  } catch (error) {
    if (unruled) return null
    throw error
  }
}

/**
 * What the beliefs of a person should say today; as it is stored where nobody is placed yet, or a night has still to
 * look at it.
 */
async function standingsOf(db: Database, id: string) {
  const on = dayOf(now().toISOString())
  const { indicator, status, level, changesOn } = belief
  const rows = await db
    .select({ indicator, status, level, changesOn })
    .from(belief)
    .where(eq(belief.personId, id))
  const stored = new Map(rows.map(({ indicator: of, ...standing }) => [of, standing]))
  const place = await placementOf(db, id)
  return ({ belief: believed, row }: NewBelief) => {
    const there = stored.get(row.indicator)
    return !place || (there?.changesOn && there.changesOn <= on) ? there : standAt(believed, row, on, place)
  }
}

async function storedRows(db: Database, id: string, yourTurn: () => Promise<void>): Promise<DerivedRows> {
  const of = async <T>(rows: PromiseLike<T[]>): Promise<T[]> => {
    const found = await rows
    await yourTurn()
    return found
  }
  return {
    credit: await of(db.select().from(credit).where(eq(credit.personId, id))),
    progress: await of(db.select().from(progress).where(eq(progress.personId, id))),
    countedSpan: await of(db.select().from(countedSpan).where(eq(countedSpan.personId, id))),
    refusedTime: await of(db.select().from(refusedTime).where(eq(refusedTime.personId, id))),
    evidence: await of(db.select().from(evidence).where(eq(evidence.personId, id))),
    belief: await of(db.select().from(belief).where(eq(belief.personId, id))),
  }
}

/** Whether the hour rule in force still is what its file says, where the files have been read. */
export async function ruleFaults(db: Database): Promise<string[]> {
  const [newest] = await db.select().from(version).where(ofRules).orderBy(desc(version.fromAt)).limit(1)
  const file = hourRules.find((rule) => `${rule.id}@${rule.version}` === newest?.version)
  if (!newest || !file || canonicalJson(newest.body) === canonicalJson(file)) return []
  return [
    `学时规则 ${newest.version} 在 version 表里的内容和 content/hour-rules 里的文件不一样：表被改过，或文件改过还没有重启。`,
  ]
}

/** Units that count otherwise than their people's beliefs say. */
export async function unitFaults(db: Database, rest: () => Promise<void>): Promise<string[]> {
  const wrong = await wrongUnits(db, rest)
  return wrong.map(
    (name) => `单位“${name}”的人数或能力汇总（unit_total、unit_size）和所属人员的数据对不上。${mend}`,
  )
}

/** Tables whose rows name the event that they come from. */
const derivedTables = 'progress counted_span refused_time credit evidence belief dispute hours_row'.split(' ')
/** Of these the ones that no comparison covers. */
const neverCompared = ['dispute', 'hours_row']

/** Rows whose event is not there. Of people in `compared` every derived row has been looked at already. */
export async function strayRows(db: Database, compared: ReadonlySet<string>, pace: Pace): Promise<string[]> {
  const said: string[] = []
  for (const name of derivedTables) {
    const all = await straysIn(db, name, pace)
    const strays = neverCompared.includes(name) ? all : all.filter((id) => !compared.has(id))
    if (strays.length === 0) continue
    const labels = await Promise.all([...new Set(strays)].slice(0, 5).map((id) => labelOf(db, id)))
    said.push(
      `${name} 表有${strays.length}行指向不存在的记录（${labels.join('、')}）。可以运行 npm run rebuild 重新推算。`,
    )
  }
  return said
}

/** The persons of rows whose event is not there, a row each. */
async function straysIn(db: Database, name: string, pace: Pace): Promise<string[]> {
  const table = sql.identifier(name)
  const found: string[] = []
  for (let last = 0; ;) {
    pace.begin()
    const [bound] = await db.all<{ at: number | null }>(
      sql`select max(at) as at from (select rowid as at from ${table} where rowid > ${last} order by rowid limit ${pace.rows})`,
    )
    if (typeof bound?.at !== 'number') return found
    const rows = await db.all<{ id: string }>(
      sql`select t.person_id as id from ${table} t where t.rowid > ${last} and t.rowid <= ${bound.at}
        and t.event_id is not null and not exists
          (select 1 from event e where e.id = t.event_id and e.person_id = t.person_id)`,
    )
    pace.end()
    found.push(...rows.map(({ id }) => id))
    last = bound.at
    await pace.rest()
  }
}
