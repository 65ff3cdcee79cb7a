// 三十, 30 and ３０ are one answer; what only looks like a number is left as it is.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold } from '#quiz/kinds/fill-in/fold.ts'
import { inDigits } from '#quiz/kinds/fill-in/numerals.ts'

test.each([
  ['三', '3'],
  ['十', '10'],
  ['十二', '12'],
  ['三十', '30'],
  ['一百零五', '105'],
  ['一百一十五', '115'],
  ['一百十五', '115'],
  ['一千零一', '1001'],
  ['两千三百', '2300'],
  ['三万两千', '32000'],
  ['一万零五十', '10050'],
  ['十万', '100000'],
  ['一亿零五', '100000005'],
  ['九千九百九十九亿九千九百九十九万九千九百九十九', '999999999999'],
  ['二〇二六年', '2026年'],
  ['一九四九', '1949'],
  ['一二三四五', '12345'],
  ['廿三', '23'],
  ['卅', '30'],
  ['3万', '30000'],
  ['5千万', '50000000'],
  ['三资', '3资'],
  ['四议两公开', '4议2公开'],
  ['一肩挑', '1肩挑'],
])('“%s” reads as %s', (text, digits) => {
  expect(inDigits(text)).toBe(digits)
})

test.each(['三四天', '三五百', '三百五', '五百两', '两三个', '1.5万', '3-5万', '亿万', '千方百计', '一一'])(
  'nothing in “%s” becomes another number',
  (text) => {
    const numbers = inDigits(text).match(/\d+/g) ?? []
    for (const number of numbers) expect(['1', '5', '3', '500']).toContain(number)
  },
)

test.each([
  ['三四天', '34天'],
  ['三、四', '34'],
  ['2/3', '23'],
  ['三百五', '305'],
  ['两三个', '23个'],
  ['三两', '32'],
  ['1.5万', '150000'],
  ['三—五', '35'],
  ['十一', '101'],
])('“%s” is not “%s”', (one, other) => {
  expect(fold(one)).not.toBe(fold(other))
})

test.each([
  ['三十', '30', '３０', '三 十', '“三十”'],
  ['家風家訓', '家风家训'],
  ['村務監督', '村务监督。'],
  ['三资', '3资', '３資'],
  ['四议两公开', '4议2公开', '四議兩公開'],
  ['三、四', '3,4', '3、4'],
  ['三—五', '3-5', '3～5'],
  ['⅔', '2/3'],
  ['10,000', '一万', '1万', '10000'],
  ['十分', '10分'],
])('%s and %s are one answer', (...texts) => {
  expect(new Set(texts.map(fold)).size).toBe(1)
})

const digits = '零一二三四五六七八九'

/** A number as Chinese reads it, put together from right to left: another way than that of the code. */
function said(number: number): string {
  const units = ['', '十', '百', '千']
  let [text, place, gap] = ['', 0, false]
  for (let rest = number; rest > 0; rest = Math.floor(rest / 10), place++) {
    if (place % 4 === 0 && place > 0 && rest % 10_000 > 0) {
      text = (place === 4 ? '万' : '亿') + (gap && !text.startsWith('零') ? '零' : '') + text
      gap = false
    }
    const digit = rest % 10
    if (digit === 0) gap ||= text !== ''
    else {
      const between = gap && !/^[万亿]/.test(text) && !text.startsWith('零') ? '零' : ''
      text = `${digits[digit]}${units[place % 4]}${between}${text}`
      gap = false
    }
  }
  return text.replace(/^一十/, '十')
}

test('every number to ten thousand reads back', () => {
  for (let number = 1; number < 10_000; number++) expect(inDigits(said(number))).toBe(String(number))
})

test('so does every larger one, and no two become one', () => {
  const any = fc.integer({ min: 1, max: 999_999_999_999 })
  fc.assert(
    fc.property(any, any, (one, other) => {
      expect(inDigits(said(one))).toBe(String(one))
      if (one !== other) expect(fold(`共${said(one)}人`)).not.toBe(fold(`共${said(other)}人`))
    }),
    { numRuns: 2000 },
  )
})

test('what is folded twice is as what is folded once, whatever numerals and marks stand together', () => {
  const piece = fc.constantFrom(...'零〇一二两三九十百千万亿廿1239０.,、-—:/~ 。人村議')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const once = fold(pieces.join(''))
      expect(fold(once)).toBe(once)
    }),
    { numRuns: 3000 },
  )
})

test('words without numerals keep their length and their letters', () => {
  const word = fc.array(fc.constantFrom(...'廉学公开村民代表会议决议家风监督'), { maxLength: 12 })
  fc.assert(fc.property(word, (letters) => fold(letters.join('')) === letters.join('')))
})
