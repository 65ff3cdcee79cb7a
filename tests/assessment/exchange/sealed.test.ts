import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isLongEnough, isSealed, openSealed, seal } from '#assessment/exchange/sealed.server.ts'
import { refusal } from '../../people/house.ts'

const passphrase = '三更灯火五更鸡正是读书'.padEnd(12, '！')
const text = JSON.stringify({ 密: '题干 itm-secret-1' })

test('what was sealed is opened with the same passphrase, however its signs were typed', async () => {
  const sealed = await seal(text, passphrase)
  expect(isSealed(sealed)).toBe(true)
  expect(await openSealed(sealed, passphrase)).toBe(text)
  expect(await openSealed(sealed, passphrase.normalize('NFKD').replaceAll('！', '!'))).toBe(text)
})

test('nothing of it can be read, and the same items never look the same', async () => {
  const [one, other] = [await seal(text, passphrase), await seal(text, passphrase)]
  expect(one.includes('itm-secret') || one.includes('题干')).toBe(false)
  expect(one.equals(other)).toBe(false)
})

test('another passphrase, a changed byte anywhere, and a file cut short are refused with what to do', async () => {
  const sealed = await seal(text, passphrase)
  const wrong = await refusal(openSealed(sealed, `${passphrase}x`))
  expect(wrong).toEqual({
    kind: 'invalid',
    message: '打不开：口令不对，或者文件改动过、没有传完整。',
    hint: '核对口令，大小写和空格也要一样；还不行，请重新导出一份。',
  })
  const places = [0, 15, 16, 31, 32, 43, 44, 60, sealed.length - 16, sealed.length - 1]
  for (const at of places) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect((await refusal(openSealed(changed, passphrase))).kind, String(at)).toBe('invalid')
  }
  for (const length of [0, 16, 40, 59, sealed.length - 1])
    expect((await refusal(openSealed(sealed.subarray(0, length), passphrase))).kind).toBe('invalid')
})

test('a passphrase has twelve signs at least, counted as people count', () => {
  expect(isLongEnough('十二个字才算够长的口令吧')).toBe(true)
  expect(isLongEnough('十一个字还不算够长的呢')).toBe(false)
  expect(isLongEnough('😀'.repeat(11))).toBe(false)
})

test('any bytes that are not sealed by us are refused, never opened', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      const head = Buffer.from('LIANXUE-SEALED-1')
      expect((await refusal(openSealed(bytes, passphrase))).kind).toBe('invalid')
      expect((await refusal(openSealed(Buffer.concat([head, bytes]), passphrase))).kind).toBe('invalid')
    }),
    { numRuns: 10 },
  )
})
