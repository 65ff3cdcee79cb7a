// Every event as a statement that the standard allows, and what is never in one.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { effectiveAt } from '#record/events/effective.ts'
import type { Event, Recorded } from '#record/events/event.ts'
import { fromRow } from '#record/record.server.ts'
import { statementOf } from '#xapi/statement.ts'
import * as happen from '../record/happenings.ts'
import { life, lifeOf } from '../record/lives.ts'
import { brokenRules } from './xapi-rules.ts'

const origin = 'https://lianxue.example.gov.cn'
const samples = join(import.meta.dirname, '../record/samples')
const fact = (name: string) => `${origin}/xapi/fact/${name}`

const receivedAt = '2026-03-10T02:00:00.000Z'
const recorded = (event: Event): Recorded => ({
  ...event,
  receivedAt,
  effectiveAt: effectiveAt(event, receivedAt),
})
const told = (event: Event) => statementOf(recorded(event), origin)
const person = '019a9b52-7a10-7c3e-9b1d-6f2a4c8e0d11'

test.each(readdirSync(samples))('the stored event %s keeps the rules of the standard', (file) => {
  const row = JSON.parse(readFileSync(join(samples, file), 'utf8')) as Parameters<typeof fromRow>[0]
  const statement = statementOf(fromRow(row), origin)
  expect(brokenRules(statement)).toEqual([])
  expect(statement).toMatchObject({ id: row.id, timestamp: row.effectiveAt })
})

test('whatever happens in a life keeps them too, and gives the same statement each time', () => {
  fc.assert(
    fc.property(life(5, 30), (things) => {
      for (const { event, receivedAt: at } of lifeOf(things, 1, person)) {
        const whole = { ...event, receivedAt: at, effectiveAt: effectiveAt(event, at) }
        const statement = statementOf(whole, origin)
        expect(brokenRules(JSON.parse(JSON.stringify(statement)))).toEqual([])
        expect(statementOf(structuredClone(whole), origin)).toEqual(statement)
        expect(statement.timestamp <= at).toBe(true)
      }
    }),
    { numRuns: 60 },
  )
})

test('odd ids and texts of files become valid addresses', () => {
  const odd = fc.string({ minLength: 1, maxLength: 40, unit: 'binary' })
  fc.assert(
    fc.property(odd, odd, odd, (lesson, indicator, attempt) => {
      const event = happen.answered({ person, lesson, indicator, item: lesson, attempt })
      expect(brokenRules(told(event))).toEqual([])
    }),
  )
})

test('the rules can be broken: each of these is found', () => {
  const good = JSON.parse(JSON.stringify(told(happen.studied({ person })))) as Record<string, object>
  const broken = (change: object) => brokenRules({ ...good, ...change }).length
  expect(broken({})).toBe(0)
  expect(broken({ id: 'itm-1' })).toBe(1)
  expect(broken({ actor: { name: '张三' } })).toBe(1)
  expect(broken({ actor: { ...good['actor'], mbox: 'mailto:a@b.cn' } })).toBe(1)
  expect(broken({ verb: { id: 'studied' } })).toBe(1)
  expect(broken({ verb: { id: 'http://adlnet.gov/expapi/verbs/voided' } })).toBe(1)
  expect(broken({ result: { duration: '12m' } })).toBe(1)
  expect(broken({ result: { duration: 'PT' } })).toBe(1)
  expect(broken({ result: { score: { raw: 3, min: 0, max: 2 } } })).toBe(1)
  expect(broken({ result: { score: { scaled: 1.5 } } })).toBe(1)
  expect(broken({ result: { extensions: { minutes: 3 } } })).toBe(1)
  expect(broken({ context: { registration: 'att-1' } })).toBe(1)
  expect(broken({ timestamp: '2026-03-10' })).toBe(1)
  expect(broken({ more: 1 })).toBe(1)
})

test('a visit tells its time once, however its spans overlap, and what was refused', () => {
  const statement = told(
    happen.studied({
      person,
      spans: [
        [0, 60_000],
        [30_000, 90_250],
      ],
      refused: { 'no-sign': 40 },
    }),
  )
  expect(statement.verb.id).toBe('http://adlnet.gov/expapi/verbs/experienced')
  expect(statement.result?.duration).toBe('PT90.25S')
  expect(statement.result?.extensions).toMatchObject({ [fact('refused-seconds')]: { 'no-sign': 40 } })
})

test('an answer tells what was chosen, its points, and the attempt it is of', () => {
  const attempt = '019a9b53-2000-7a00-8000-000000002000'
  const statement = told(
    happen.answered({
      person,
      attempt,
      earned: 1,
      possible: 4,
      answer: { kind: 'multiple', choices: ['a', 'c'] },
    }),
  )
  expect(statement.object).toMatchObject({ definition: { interactionType: 'choice' } })
  expect(statement.result).toMatchObject({
    score: { scaled: 0.25, raw: 1, min: 0, max: 4 },
    success: false,
    response: 'a[,]c',
  })
  expect(statement.context.registration).toBe(attempt)
})

test.each([
  [{ kind: 'true-false', choice: false }, 'true-false', 'false'],
  [{ kind: 'single', choice: 'b' }, 'choice', 'b'],
  [{ kind: 'order', order: ['c', 'a'] }, 'sequencing', 'c[,]a'],
  [{ kind: 'match', pairs: { l1: 'r2', l2: 'r1' } }, 'matching', 'l1[.]r2[,]l2[.]r1'],
  [{ kind: 'scenario', chosen: { s1: 'b' } }, 'performance', 's1[.]b'],
  [{ kind: 'procedure', stages: { one: ['a', 'b'] } }, 'performance', 'one[.]a、b'],
  [{ kind: 'fill-in', text: '张三' }, 'fill-in', undefined],
  [{ kind: 'short-answer', text: '我和张三' }, 'long-fill-in', undefined],
  [{ kind: 'of-another-age', words: '张三' }, 'other', undefined],
  ['张三', 'other', undefined],
])('the answer %j is told in the notation of the standard, typed words are not', (answer, kind, response) => {
  const statement = told(happen.answered({ person, answer }))
  expect(statement.object).toMatchObject({ definition: { interactionType: kind } })
  expect(statement.result?.response).toBe(response)
  expect(JSON.stringify(statement)).not.toContain('张三')
})

test('a watched answer tells neither item nor answer nor how hard it was, and two are two questions', () => {
  const watched = (id: string) =>
    happen.answered({
      ...{
        id,
        person,
        item: 'itm-secret',
        mode: 'supervised',
        answer: { kind: 'single', choice: 'canary-d' },
      },
      ...{ itemRevision: 7, itemKind: 'scenario', guessing: 0.123, indicator: 'mediation' },
    })
  const one = told(watched('019a9b53-1000-7a00-8000-000000000001'))
  const two = told(watched('019a9b53-1000-7a00-8000-000000000002'))
  expect(JSON.stringify(one)).not.toMatch(/itm-secret|canary-d|0\.123|medium|scenario/)
  expect(one.result).toMatchObject({ success: true })
  expect(one.context.contextActivities?.grouping?.[0]?.id).toBe(`${origin}/xapi/indicator/mediation`)
  expect(one.object.id).not.toBe(two.object.id)
})

test('what was taken back is voided by who took it back, and an upheld answer names the one in whose place it stands', () => {
  const first = happen.answered({ person })
  const back = told(happen.corrected({ person, corrects: first.id }))
  expect(back.verb.id).toBe('http://adlnet.gov/expapi/verbs/voided')
  expect(back.object).toEqual({ objectType: 'StatementRef', id: first.id })
  expect(back.actor.account.name).toBe('officer-1')
  expect(back.context.extensions).toMatchObject({ [fact('person')]: person })
  const again = told(happen.answered({ person, regrades: { event: first.id, effectiveAt: receivedAt } }))
  expect(again.context.statement).toEqual({ objectType: 'StatementRef', id: first.id })
})

test('what people wrote about people is in no statement', () => {
  const canary = '张三（QX0042）'
  const all = [
    happen.observed({ person, note: canary }),
    happen.corrected({ person, corrects: '019a9b53-1000-7a00-8000-000000000001', reason: canary }),
    happen.settled({ person, about: 'cell:mediation', answer: canary }),
    happen.imported({
      person,
      entry: { enteredBy: canary, approvedBy: canary, correctedBy: canary, unit: canary },
    }),
    happen.answered({ person, answer: { kind: 'short-answer', text: canary } }),
  ]
  for (const event of all) expect(JSON.stringify(told(event))).not.toMatch(/张三|QX0042/)
})

test('the same class is one activity for all who were there', () => {
  const at = (who: string) => told(happen.imported({ person: who })).object.id
  expect(at('a')).toBe(at('b'))
  expect(at('a')).not.toBe(told(happen.imported({ person, title: '另一个班' })).object.id)
})
