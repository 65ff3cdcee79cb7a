// The small rules of the export's search; what it finds is measured in a browser (tests/e2e/export.journey.ts).
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lettersToTry, tokensOf } from '#export/ask.ts'
import { rank } from '#export/rank.ts'
import { spell } from '#export/spell.ts'

describe('spelling tokens for Pagefind', () => {
  const anyToken = fc.string({ minLength: 1, maxLength: 6, unit: 'binary' })

  test('a token becomes one plain word', () => {
    fc.assert(
      fc.property(anyToken, (token) => {
        expect(spell(token)).toMatch(/^[a-p]+q$/)
      }),
    )
  })

  test('two tokens are never the same word, nor one the beginning of the other', () => {
    fc.assert(
      fc.property(anyToken, anyToken, (one, other) => {
        if (one !== other) expect(spell(one).startsWith(spell(other))).toBe(false)
      }),
    )
  })
})

describe('what a query asks', () => {
  test('two neighbouring characters each, traditional ones too', () => {
    expect(tokensOf('家訓')).toEqual(tokensOf('家训'))
    expect(tokensOf('六尺巷')).toEqual(['六尺', '尺巷'])
  })

  test('what was typed as pinyin is asked for by its sound, with or without tones', () => {
    expect(tokensOf('xuanyu')).toContain('xuanyu')
    expect(tokensOf('gōng dé')).toContain('gongde')
    expect(tokensOf('WiFi')).toEqual(['wifi'])
  })

  test('a character alone, and those of a slip of the pen, are looked for in titles', () => {
    expect(lettersToTry('鱼', [])).toEqual(['鱼'])
    expect(lettersToTry('悬渔', ['悬渔'])).toEqual(['悬', '渔'])
    expect(lettersToTry('家风', [])).toEqual([])
  })

  test('in a long sentence a pair that stands nowhere is no mistake', () => {
    expect(lettersToTry('有人半夜送礼到家里，放下就走，怎么办', ['夜送'])).toEqual([])
  })
})

describe('ranking', () => {
  test('a document that has more of the query comes first', () => {
    const [a, b] = [
      { id: 'a', score: 2 },
      { id: 'b', score: 1.5 },
    ]
    expect(rank([[a, b], [b]]).map(({ id }) => id)).toEqual(['b', 'a'])
  })

  test('the order in which tokens are answered changes nothing', () => {
    const anyHits = fc.array(
      fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), score: fc.integer({ min: 1, max: 9 }) }),
    )
    fc.assert(
      fc.property(fc.array(anyHits), (lists) => {
        expect(rank(lists.toReversed())).toEqual(rank(lists))
      }),
    )
  })

  test('what has only a trace of a long query is left out', () => {
    expect(rank([[{ id: 'a', score: 10 }], [{ id: 'b', score: 1 }]])).toEqual([{ id: 'a', score: 10 }])
    expect(rank([])).toEqual([])
  })
})
