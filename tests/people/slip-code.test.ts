import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCode, writeCode } from '#people/slip-code.ts'

const bytes = fc.uint8Array({ minLength: 12, maxLength: 12 })

test('a code comes back as it was printed, however it is typed', () => {
  fc.assert(
    fc.property(bytes, (random) => {
      const code = writeCode(random)
      expect(readCode(code)).toBe(code)
      expect(readCode(code.toLowerCase().replaceAll('-', ''))).toBe(code)
      expect(readCode(` ${code.replaceAll('-', '—').replaceAll('0', 'o').replaceAll('1', 'l')} `)).toBe(code)
    }),
  )
})

test('every one of the sixty bits counts', () => {
  const plain = writeCode(new Uint8Array(12))
  for (let bit = 0; bit < 60; bit++) {
    const random = new Uint8Array(12)
    random[Math.floor(bit / 5)] = 1 << (bit % 5)
    expect(writeCode(random)).not.toBe(plain)
  }
})

test('what is not a code is none', () => {
  for (const text of ['', '7KQD-9M2X-4TR', '7KQD-9M2X-4TRBB', '7KQD-9M2X-4TRU', '七七七七七七七七七七七七']) {
    expect(readCode(text)).toBeNull()
  }
})
