// The code on the screen: the same everywhere, for its half minute, and for no other session.
import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkInAddress, codeOf, isInTime, slotAt, slotLength } from '#kiosk/hall/code.ts'

const secret = 'a-secret-of-a-session-0123456789'
const session = '0199d2a4-0000-7000-8000-000000000001'

test('the code is the keyed hash that the comment promises, and fits an address', async () => {
  const mac = createHmac('sha256', secret).update(`${session}|7`).digest('base64url')
  expect(await codeOf(secret, session, 7)).toBe(mac.slice(0, 12))
  expect(checkInAddress('https://a.cn', session, 7, 'abc_-')).toBe(
    `https://a.cn/hall/in?s=${session}&n=7&c=abc_-`,
  )
})

test('another half minute, another session and another secret give another code', async () => {
  const codes = await Promise.all([
    codeOf(secret, session, 7),
    codeOf(secret, session, 8),
    codeOf(secret, session.replace(/1$/, '2'), 7),
    codeOf(`${secret}x`, session, 7),
  ])
  expect(new Set(codes).size).toBe(4)
})

test('a code holds in its own half minute and the two beside it, and not a moment longer', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000 }),
      fc.integer({ min: 0, max: 1_000 * slotLength }),
      (slot, at) => {
        const [from, to] = [(slot - 1) * slotLength, (slot + 2) * slotLength]
        expect(isInTime(slot, 0, at)).toBe(at >= from && at < to)
        expect(isInTime(slotAt(0, at), 0, at)).toBe(true)
      },
    ),
  )
})

test('a clock that is behind the beginning shows the first code', () => {
  expect(slotAt(10_000, 0)).toBe(0)
})
