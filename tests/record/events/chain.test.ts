import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rootOf } from '#db/chain-root.ts'
import { beginOf, canonicalJson, hashLink, hashPayload } from '#record/events/chain.ts'
import { firstBreak } from '../../support/first-break.ts'

const step = fc.record({
  id: fc.uuid(),
  kind: fc.string(),
  at: fc.string(),
  payload: fc.string(),
  salt: fc.string(),
})

/** A chain as the door would have made it. */
function chained(steps: { id: string; kind: string; at: string; payload: string; salt: string }[]) {
  let previous = beginOf('p')
  return steps.map(({ payload, salt, ...rest }) => {
    const link = { ...rest, previous, receivedAt: rest.at, payloadHash: hashPayload(salt, payload) }
    const hash = hashLink(link)
    previous = hash
    return { ...link, hash, payload: payload as string | null, salt: salt as string | null }
  })
}

const headOf = (links: { hash: string }[]) => links.at(-1)?.hash ?? ''

test('a chain that nobody touched holds, of any length and content', () => {
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const links = chained(steps)
      expect(firstBreak('p', links, headOf(links))).toBeNull()
    }),
  )
})

test('a chain holds for its own person only', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1 }), (steps) => {
      const links = chained(steps)
      expect(firstBreak('q', links, headOf(links))).toBe(0)
    }),
  )
})

const columns = [
  'previous',
  'id',
  'kind',
  'at',
  'receivedAt',
  'payloadHash',
  'hash',
  'payload',
  'salt',
] as const

test('whatever is changed in a link, the break is found where it is, or at the next', () => {
  const picked = fc.tuple(
    fc.array(step, { minLength: 1 }),
    fc.nat(),
    fc.constantFrom(...columns),
    fc.string(),
  )
  fc.assert(
    fc.property(picked, ([steps, place, column, text]) => {
      const links = chained(steps)
      const at = place % links.length
      const link = links[at] as (typeof links)[number]
      fc.pre(link[column] !== text)
      link[column] = text
      const found = firstBreak('p', links, headOf(chained(steps)))
      expect(found === at || found === at + 1).toBe(true)
    }),
  )
})

test('a link that was taken out, put in, doubled or swapped is found', () => {
  const picked = fc.tuple(
    fc.uniqueArray(step, { minLength: 2, maxLength: 12, selector: ({ id }) => id }),
    fc.nat(),
    fc.nat(),
    step,
  )
  fc.assert(
    fc.property(picked, ([steps, one, other, extra]) => {
      const links = chained(steps)
      const head = headOf(links)
      const [i, j] = [one % links.length, other % links.length]
      const a = links[i] as (typeof links)[number]
      const b = links[j] as (typeof links)[number]
      const forged = chained([extra])[0] as (typeof links)[number]
      expect(firstBreak('p', links.toSpliced(i, 1), head)).toBe(i)
      expect(firstBreak('p', links.toSpliced(i, 0, forged), head)).not.toBeNull()
      expect(firstBreak('p', links.toSpliced(i, 0, a), head)).not.toBeNull()
      if (i !== j) expect(firstBreak('p', links.with(i, b).with(j, a), head)).toBe(Math.min(i, j))
    }),
  )
})

test('erasing payload and salt leaves the chain whole; erasing only one of them does not', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1 }), fc.nat(), (steps, place) => {
      const links = chained(steps)
      const at = place % links.length
      const link = links[at] as (typeof links)[number]
      const whole = (change: object) => firstBreak('p', links.with(at, { ...link, ...change }), headOf(links))
      expect(whole({ payload: null, salt: null })).toBeNull()
      expect(whole({ payload: null })).toBe(at)
      expect(whole({ salt: null })).toBe(at)
    }),
  )
})

test('the parts of a hash cannot be pushed into one another', () => {
  const link = { previous: 'a', id: 'bc', kind: 'd', at: '', receivedAt: '', payloadHash: '' }
  expect(hashLink(link)).not.toBe(hashLink({ ...link, previous: 'ab', id: 'c' }))
  expect(hashPayload('ab', 'c')).not.toBe(hashPayload('a', 'bc'))
})

test('the same content is the same text, whatever the order of its fields', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (content) => {
      const reversed = Object.fromEntries(Object.entries(content).reverse())
      expect(canonicalJson(reversed)).toBe(canonicalJson(content))
      expect(JSON.parse(canonicalJson(content))).toEqual(JSON.parse(JSON.stringify(content)))
    }),
  )
})

test('the root is the same in any order of people, and another for any other head, person or number of them', () => {
  const heads = fc.uniqueArray(fc.record({ personId: fc.string(), head: fc.string() }), {
    minLength: 1,
    selector: ({ personId }) => personId,
  })
  fc.assert(
    fc.property(heads, fc.nat(), fc.string(), (all, place, text) => {
      const i = place % all.length
      const one = all[i] as (typeof all)[number]
      expect(rootOf([...all].reverse())).toBe(rootOf(all))
      fc.pre(text !== one.head && !all.some(({ personId }) => personId === text))
      expect(rootOf(all.with(i, { ...one, head: text }))).not.toBe(rootOf(all))
      expect(rootOf(all.with(i, { ...one, personId: text }))).not.toBe(rootOf(all))
      expect(rootOf(all.toSpliced(i, 1))).not.toBe(rootOf(all))
    }),
  )
})
