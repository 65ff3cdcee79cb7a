// "What if another rule set held": replays what happened to a person under two rule sets. Nothing is stored.
import { titlesOf } from '#course/titles.server.ts'
import { read } from '#db/database.server.ts'
import { peopleSeenBy, type SeenPerson } from '#people/seen.server.ts'
import type { Session } from '#people/session.ts'
import { logView } from '#people/view.server.ts'
import { compareCredits } from '#record/hours/compare.ts'
import type { HourRule } from '#record/hours/rule.ts'
import { hourRules, ruleInForce } from '#record/hours/rule.server.ts'
import { deriveAll } from '#record/record.server.ts'
import { versionsInForce } from '#record/versions.server.ts'
import { Refusal } from '#refusal.ts'

/** Rule sets to choose from by id: the one in force, and the files of this installation. */
export async function rulesToCompare(): Promise<HourRule[]> {
  const current = (await ruleInForce())?.rule
  return [...(current ? [current] : []), ...hourRules.filter(({ id }) => id !== current?.id)]
}

/** Whose record may be looked at: the officer's own first, then the people of his units, each once. */
export async function peopleToCompare(session: Session): Promise<SeenPerson[]> {
  const own = { ...session.person, post: '', unit: '本人', path: '' }
  const others = (await peopleSeenBy(session)).filter(({ id }) => id !== own.id)
  return [...new Map([own, ...others].map((one) => [one.id, one])).values()]
}

/**
 * The record of a person under two rule sets. A look at somebody else's is logged, and that person sees it.
 * @throws Refusal `not-found` for a person or a rule set that one may not choose.
 */
export async function compareRules(session: Session, asked: { person: string; a: string; b: string }) {
  const [rules, people] = await Promise.all([rulesToCompare(), peopleToCompare(session)])
  const [a, b] = [asked.a, asked.b].map((id) => rules.find((rule) => rule.id === id))
  const person = people.find(({ id }) => id === asked.person)
  if (!a || !b) throw new Refusal('not-found', '没有找到这套规则。', '请从列表里选两套规则。')
  if (!person) throw new Refusal('not-found', '没有找到这个人。', '他可能不在你管理的范围，请从列表里选。')
  if (person.id !== session.person.id) await logView(session.person.id, person.id, '按两套学时规则对比')
  const { rows, sums } = compareCredits(await creditsUnder(person.id, a), await creditsUnder(person.id, b), {
    a,
    b,
  })
  const titles = await titlesOf(rows.map(({ course }) => ({ lesson: course ?? undefined })))
  return {
    a,
    b,
    person,
    sums,
    rows: rows.map((row) => ({ ...row, title: titles.get(row.course ?? '') || row.title })),
  }
}

async function creditsUnder(personId: string, rule: HourRule) {
  const inForce = { ...(await versionsInForce()), hourRule: () => rule }
  return (await deriveAll(read, personId, inForce)).ledger.credits
}
