import * as fc from 'fast-check'
import { Converter } from 'opencc-js'
import { expect, test } from 'vitest'
import { lettersOf, segment } from '#search/segment.ts'

const letters = [...'四议两公开家风训廉洁村务监督的了什么怎么我们可以繁體字後裡乾𠮷，。“”、 ']
const texts = fc.array(fc.constantFrom(...letters), { minLength: 2, maxLength: 40 })

test('every two neighbours of a Chinese text are a token, words and numbers as they are', () => {
  expect(segment('四议两公开，App 18条')).toEqual(['四议', '议两', '两公', '公开', 'app', '18'])
  expect(segment('《清贫》')).toEqual(['清贫'])
  expect(segment('lǜ café ЗАКОН')).toEqual(['lǜ', 'café', 'закон'])
})

test('words that ask for nothing are left out, and so is a single character', () => {
  expect(segment('为什么')).toEqual(['为什'])
  expect(segment('我们的家')).toEqual(['们的', '的家'])
  expect(segment('“遗” a 1 。')).toEqual([])
  expect(segment('')).toEqual([])
})

test('a part of a text asks for nothing that the text does not have', () => {
  fc.assert(
    fc.property(texts, fc.nat(), fc.nat(), (text, from, length) => {
      const begin = from % (text.length - 1)
      const part = text.slice(begin, begin + 2 + (length % text.length)).join('')
      const whole = new Set(segment(text.join('')))
      expect(segment(part).filter((token) => !whole.has(token))).toEqual([])
    }),
  )
})

test('what is cut once is not cut differently the second time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const tokens = segment(text)
      expect(segment(tokens.join(' '))).toEqual(tokens)
    }),
  )
})

test.each(['t', 'tw', 'hk'] as const)('traditional characters are the same as simplified ones (%s)', (to) => {
  const convert = Converter({ from: 'cn', to })
  const sentences = [
    '四议两公开：大事走六步',
    '悬鱼：第二次送来的时候',
    '包拯家训：三十七个字，后世子孙仕宦，有犯赃滥者，不得放归本家',
    '说清楚当面或打电话讲明不收，沿着程序复核答复，余下的发票装订归档',
    '卫生、里程、干净、面粉、松树、台风、借口、并且、系统、征求意见',
  ]
  for (const sentence of sentences) expect(segment(convert(sentence))).toEqual(segment(sentence))
})

test('full width is the same as half width, capitals the same as small letters', () => {
  const wide = (text: string) =>
    text
      .replace(/[!-~]/g, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0))
      .replaceAll(' ', '　')
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), (text) => {
      expect(segment(wide(text))).toEqual(segment(text))
      expect(segment(text.toUpperCase())).toEqual(segment(text))
    }),
  )
})

test('single characters are counted one by one, also those beyond the basic plane', () => {
  expect(lettersOf('鮓𠮷a，封')).toEqual(['鲊', '𠮷', '封'])
})
