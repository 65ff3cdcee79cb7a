import { expect, test } from 'vitest'
import type { Root } from 'mdast'
import { allowedMinutes, nominalMinutes } from '#course/minutes.ts'
import { clausesOf } from '#course/clauses.ts'
import { standsUpright } from '#course/upright.ts'
import { joinLines } from '#course/join-lines.ts'
import { parseTree } from '#course/parse.ts'
import { countHan } from '#course/han.ts'
import { componentsOf, mediaSeconds, plainText, quotes, sectionsOf } from '#course/sections.ts'
import { problemsOf, sourceOf, goodBody } from './sample.ts'

function treeOf(body: string): Root {
  const parsed = parseTree(body, 'x')
  if ('problem' in parsed) throw new Error(parsed.problem.message)
  return parsed.tree
}

test('sections are counted by their headings; what stands before the first belongs to none', () => {
  const tree = treeOf(
    '导语。\n\n## 一 **粗**\n\n甲\n乙\n\n### 小节\n\n丙\n\n## 二\n\n<Note title="注">丁</Note>',
  )
  expect(sectionsOf(tree)).toEqual([
    { id: 's1', title: '一 粗', text: '一 粗\n甲乙\n小节\n丙' },
    { id: 's2', title: '二', text: '二\n注\n丁' },
  ])
  expect(plainText(tree)).toBe('导语。\n一 粗\n甲乙\n小节\n丙\n二\n注\n丁')
})

test('the text is what readers read: no addresses, ids or file names, but titles, captions and transcripts', () => {
  const tree = treeOf(
    '[链接](https://www.gov.cn/) `码` ![图](a.png)\n\n<Figure src="a.svg" alt="替" caption="题" />\n\n' +
      '<Audio src="a.mp3" title="听" seconds="90" transcript="稿" />\n\n<Quiz item="itm-a" />\n\n| 甲 | 乙 |\n|-|-|\n| 1 | 2 |',
  )
  expect(plainText(tree)).toBe('链接 码\n题\n听\n稿\n甲\n乙\n1\n2')
  expect(mediaSeconds(tree)).toBe(90)
  expect(countHan('汉字 abc，12')).toBe(2)
})

test('a line end between Chinese letters is no space', () => {
  expect(joinLines('甲，\n乙')).toBe('甲，乙')
  expect(joinLines('甲\n  乙\n丙')).toBe('甲乙丙')
  expect(joinLines('one\ntwo')).toBe('one\ntwo')
  expect(joinLines('甲\ntwo')).toBe('甲\ntwo')
  expect(quotes('甲，\n乙', '甲，乙')).toBe(true)
  expect(quotes('甲乙', '')).toBe(false)
})

test('minutes come from text, checks and recordings', () => {
  expect(nominalMinutes(1250, 0, 4)).toBe(9)
  expect(nominalMinutes(1251, 0, 4)).toBe(10)
  expect(nominalMinutes(0, 90, 0)).toBe(2)
  expect(nominalMinutes(0, 0, 0)).toBe(1)
  expect(allowedMinutes(9)).toEqual({ least: 5, most: 13 })
  expect(allowedMinutes(1)).toEqual({ least: 1, most: 1 })
})

test('minutes far from the length of the lesson are refused with the calculated number', () => {
  expect(problemsOf(sourceOf(goodBody, { minutes: '30' }))).toEqual([
    {
      file: 'index.mdx',
      line: 5,
      column: 1,
      message: 'minutes 写的是30分钟，按每分钟250字、每题1分钟和音视频时长算，是2分钟。',
      mend: '改成2，或1到3之间的整数。',
    },
  ])
})

test('a lesson without sections is refused', () => {
  expect(
    problemsOf(sourceOf(goodBody.replace('## 那天夜里', '那天夜里'))).map(({ message }) => message),
  ).toEqual(['课文没有分节。'])
})

test('a quotation keeps its lines, or is cut after its punctuation; a short one stands upright', () => {
  const clauses = (words: string) => {
    const [quote] = componentsOf(treeOf(`<Quote work="书" attribution="certain">\n${words}\n</Quote>`))
    return quote ? clausesOf(quote) : []
  }
  expect(clauses('天知，神知，\n我知，子知。\n何谓无知！')).toEqual([
    '天知，神知，',
    '我知，子知。',
    '何谓无知！',
  ])
  expect(clauses('天知，神知。何谓无知！')).toEqual(['天知，', '神知。', '何谓无知！'])
  expect(clauses('他说：“不收。”走了')).toEqual(['他说：', '“不收。”', '走了'])
  expect(clauses('公生明')).toEqual(['公生明'])
  expect(standsUpright(['天知，神知，', '我知，子知。', '何谓无知！'])).toBe(true)
  expect(standsUpright(Array.from({ length: 6 }, () => '一二'))).toBe(false)
  expect(standsUpright(['一二三四五六七八九十一'])).toBe(false)
  expect(standsUpright(['一二三四五六七', '一二三四五六七', '一二三四五六七'])).toBe(false)
})
