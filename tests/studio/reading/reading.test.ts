// Three readings by three people, each of the very text that is published.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal } from '#refusal.ts'
import {
  readingsOf,
  requireReader,
  waitingFor,
  type Draft,
  type Reading,
  type Signature,
} from '#studio/reading/reading.ts'

const all = new Set(['trainer', 'reviewer', 'publisher'])
const signed = (reading: Reading, person: string, more: Partial<Signature> = {}): Signature => ({
  ...{ reading, person, hash: 'h1', verdict: 'passed' },
  ...more,
})
const draft = (signatures: Signature[] = [], more: Partial<Draft> = {}): Draft => ({
  ...{ hash: 'h1', writers: ['wang'], asked: 3, newEdition: false, signatures },
  ...more,
})
const refusal = (of: Draft, reading: Reading, person: string, roles: ReadonlySet<string> = all) => {
  try {
    requireReader(of, reading, person, roles)
    return null
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.message
  }
}
const author = signed('author', 'wang')
const reviewer = signed('reviewer', 'li')
const publisher = signed('publisher', 'zhao')

describe('what a draft waits for', () => {
  test('author, reviewer, publisher, publication', () => {
    const seen = [[], [author], [author, reviewer], [author, reviewer, publisher]].map((each) =>
      waitingFor(draft(each)),
    )
    expect(seen).toEqual([
      { type: 'reading', reading: 'author' },
      { type: 'reading', reading: 'reviewer' },
      { type: 'reading', reading: 'publisher' },
      { type: 'publication' },
    ])
  })

  test('a changed letter asks for all readings again', () => {
    const changed = draft([author, reviewer, publisher], { hash: 'h2' })
    expect(waitingFor(changed)).toEqual({ type: 'reading', reading: 'author' })
  })

  test('what was returned waits for mending, and handed in as it was for all readings once more', () => {
    const returned = signed('publisher', 'zhao', { verdict: 'returned' })
    expect(waitingFor(draft([author, reviewer, returned]))).toEqual({ type: 'mending', returned })
    expect(refusal(draft([author, reviewer, returned]), 'author', 'wang')).toBeNull()
    const again = draft([author, reviewer, returned, author])
    expect(waitingFor(again)).toEqual({ type: 'reading', reading: 'reviewer' })
    expect(waitingFor(draft([author, reviewer, returned, author, reviewer]))).toEqual({
      type: 'reading',
      reading: 'publisher',
    })
  })

  test('a county may ask for fewer, but a new edition is never without a reviewer', () => {
    expect(readingsOf({ asked: 1, newEdition: false })).toEqual(['author'])
    expect(readingsOf({ asked: 1, newEdition: true })).toEqual(['author', 'reviewer'])
    expect(readingsOf({ asked: 2, newEdition: false })).toEqual(['author', 'reviewer'])
    expect(waitingFor(draft([author], { asked: 1 }))).toEqual({ type: 'publication' })
  })
})

describe('who may read', () => {
  test('nobody reviews what they wrote, and nobody reads twice', () => {
    expect(refusal(draft([author]), 'reviewer', 'wang')).toBe('这份稿子您写过，复审要由另一个人来做。')
    expect(refusal(draft([author, reviewer]), 'publisher', 'li')).toBe(
      '这份稿子您做过复审，终审要由另一个人来做。',
    )
    expect(refusal(draft([author, reviewer]), 'publisher', 'zhao')).toBeNull()
  })

  test('who read an earlier state in another reading still counts as that reader', () => {
    const old = signed('reviewer', 'li', { hash: 'h0' })
    expect(refusal(draft([old, author, signed('reviewer', 'sun')]), 'publisher', 'li')).toContain(
      '您做过复审',
    )
  })

  test('who helped to write is a writer too', () => {
    const two = draft([author], { writers: ['wang', 'li'] })
    expect(refusal(two, 'reviewer', 'li')).toContain('您写过')
  })

  test('a reviewer who changes a word and takes it back is no reviewer any more', () => {
    const back = draft([author, reviewer], { writers: ['wang', 'li'] })
    expect(waitingFor(back)).toEqual({ type: 'reading', reading: 'reviewer' })
  })

  test('only who has the duty, and only when it is their turn', () => {
    expect(refusal(draft([author]), 'reviewer', 'li', new Set(['trainer']))).toContain('有这个职责的人')
    expect(refusal(draft([author]), 'publisher', 'zhao')).toBe('这份稿子现在不等终审。')
    expect(refusal(draft(), 'author', 'li')).toBe('初审由写稿的人来做。')
    expect(refusal(draft([author, reviewer, publisher]), 'publisher', 'zhao')).toBe('这份稿子现在不等终审。')
  })
})

test('whatever is tried, what comes to publication was read by as many people as readings, none of them twice', () => {
  const person = fc.constantFrom('wang', 'li', 'zhao', 'sun')
  const step = fc.record({
    person,
    reading: fc.constantFrom<Reading>('author', 'reviewer', 'publisher'),
    verdict: fc.constantFrom<Signature['verdict']>('passed', 'passed', 'passed', 'passed', 'returned'),
    hash: fc.constantFrom('same', 'same', 'same', 'same', 'same', 'changed'),
  })
  let published = 0
  fc.assert(
    fc.property(
      fc.constantFrom(1, 2, 3),
      fc.boolean(),
      fc.array(step, { minLength: 30, maxLength: 60 }),
      (asked, newEdition, steps) => {
        let now = draft([], { asked: asked as 1 | 2 | 3, newEdition })
        for (const { hash, person: who, reading, verdict } of steps) {
          if (hash === 'changed') now = { ...now, hash: `${now.hash}x` }
          if (refusal(now, reading, who) !== null) continue
          now = { ...now, signatures: [...now.signatures, signed(reading, who, { verdict, hash: now.hash })] }
          if (waitingFor(now).type !== 'publication') continue
          published++
          const under = now.signatures.filter((each) => each.hash === now.hash && each.verdict === 'passed')
          const needed = readingsOf(now)
          const last = needed.map((each) => under.findLast((one) => one.reading === each)?.person)
          expect(new Set(last).size).toBe(needed.length)
          expect(last[0]).toBe('wang')
          expect(last.slice(1)).not.toContain('wang')
          return
        }
      },
    ),
    { numRuns: 500 },
  )
  expect(published).toBeGreaterThan(50)
})
