import { expect, test } from 'vitest'
import { pinyinOf, readPinyin, syllablesOf } from '#search/sound.server.ts'

test('a title is indexed by two and three syllables, as written and as heard, and by its first letters', () => {
  expect(pinyinOf('悬鱼')).toEqual(['xuanyu'])
  expect(pinyinOf('公生明，18')).toEqual([
    ...['gongsheng', 'gonsen', 'shengming', 'senmin'],
    ...['gonsenmin', 'gsm'],
  ])
})

test('a character is read as its word has it', () => {
  expect(syllablesOf('重庆银行')).toEqual(['chong', 'qing', 'yin', 'hang'])
  expect(syllablesOf('綠')).toEqual(['lu'])
})

test.each([
  ['xuanyu', ['xuan', 'yu']],
  ['liu chi xiang', ['liu', 'chi', 'xiang']],
  ['Gōng dé yín háng', ['gong', 'de', 'yin', 'hang']],
  ["xi'an", ['xian']],
  ['lvse', ['lu', 'se']],
  ['lǜ', ['lu']],
])('%s is read as pinyin', (typed, syllables) => expect(readPinyin(typed)).toEqual(syllables))

test.each(['app', 'excel', '', ' ', 'jfjx', '家'])('“%s” is not pinyin', (typed) =>
  expect(readPinyin(typed)).toBeNull(),
)

test('no text takes long to be read', () => {
  expect(readPinyin(`${'xian'.repeat(50)}q`)).toBeNull()
  expect(readPinyin('xian'.repeat(50))).toHaveLength(50)
})
