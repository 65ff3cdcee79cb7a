import { expect, test } from 'vitest'
import { bestPassage, markParts, textOf, type Part } from '#search/passage.ts'

const wanted = (...tokens: string[]) => new Map(tokens.map((token) => [token, 1]))
const show = (parts: readonly Part[]) =>
  parts.map(({ text, marked }) => (marked ? `[${text}]` : text)).join('')
const section = (text: string, id = 's1', title = '标题') => ({ id, title, text: `${title}\n${text}` })
const filling = '这一句只是为了占地方，写得不长也不短，读过就算。'

test('neighbouring tokens are one mark, whatever they are written in', () => {
  expect(show(markParts('再说四議兩公開，ＡＰＰ和APP', wanted('四议', '议两', '两公', '公开', 'app')))).toBe(
    '再说[四議兩公開]，[ＡＰＰ]和[APP]',
  )
})

test('a word of other scripts is marked only as a whole', () => {
  expect(show(markParts('happy app办', wanted('app')))).toBe('happy [app]办')
})

test('nothing of a text is lost or added by marks', () => {
  const text = '一条鱼，……①悬鱼②悬鱼😀悬魚。'
  expect(textOf(markParts(text, wanted('悬鱼')))).toBe(text)
})

test('the passage begins with the sentence that answers and ends with a sentence', () => {
  const text = `${filling.repeat(3)}羊续把鱼挂在庭里，这就是悬鱼。后来没有人再送。${filling.repeat(3)}`
  const passage = bestPassage([section(text)], wanted('悬鱼'))
  expect(show(passage?.parts ?? [])).toMatch(/^羊续把鱼挂在庭里，这就是\[悬鱼\]。后来没有人再送。/)
  expect(textOf(passage?.parts ?? [])).toMatch(/。$/)
})

test('the section with most of the query is chosen, its heading counts', () => {
  const sections = [
    section(`悬鱼。${filling.repeat(4)}`, 's1'),
    section(`悬鱼，登记。${filling.repeat(4)}`, 's2'),
    section(filling.repeat(4), 's3', '悬鱼、登记和上交'),
  ]
  expect(bestPassage(sections, wanted('悬鱼', '登记'))?.section.id).toBe('s2')
  expect(bestPassage(sections, wanted('悬鱼', '登记', '上交'))?.section.id).toBe('s3')
})

test('a passage is neither a few words nor a whole page, even of text without any sign', () => {
  for (const text of [
    filling.repeat(20),
    '字'.repeat(500) + '悬鱼' + '字'.repeat(500),
    `悬鱼，${'长'.repeat(300)}。`,
  ]) {
    const parts = bestPassage([section(`悬鱼${text}`)], wanted('悬鱼'))?.parts ?? []
    expect(textOf(parts).replaceAll('……', '').length).toBeLessThanOrEqual(90)
    expect(textOf(parts).length).toBeGreaterThanOrEqual(45)
  }
})

test('what was cut off is shown by dots', () => {
  const long = `${'前面的话很长，'.repeat(20)}说到悬鱼，${'后面的话也很长，'.repeat(20)}完。`
  expect(textOf(bestPassage([section(long)], wanted('悬鱼'))?.parts ?? [])).toMatch(/^……说到悬鱼，.*……$/)
})

test('verses stand on one line', () => {
  const parts = bestPassage([section('天知，神知，\n我知，子知\n何谓无知！')], wanted('天知'))?.parts
  expect(show(parts ?? [])).toBe('[天知]，神知，我知，子知　何谓无知！')
})

test('no passage where nothing of the query stands', () => {
  expect(bestPassage([section(filling)], wanted('悬鱼'))).toBeNull()
  expect(bestPassage([], wanted('悬鱼'))).toBeNull()
  expect(bestPassage([section(filling)], new Map())).toBeNull()
})
