// What a reviewer is told was changed, without Markdown.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sayDifference, type DraftState } from '#studio/difference/say-difference.ts'

const folder = join(import.meta.dirname, '../../../content/courses/01-jiafeng-jiaxun/01-sizhi')
const sizhi: DraftState = {
  source: readFileSync(join(folder, 'index.mdx'), 'utf8'),
  itemsSource: readFileSync(join(folder, 'items.yaml'), 'utf8'),
  files: { 'lane.webp': 'aa.webp' },
}
const text = `---
title: 门前的两瓶酒
minutes: 11
sources:
  - work: 《后汉书》
    place: 杨震列传
attribution: certain
---

开头说一句。

## 夜里的十斤金

有人送十斤金，杨震不收。

## 今天怎么办

先讲明，再送还。

## 再想一想

换成是您会怎么做？
`
const items = `- id: itm-a
  stem: 第一题问什么？
  key: a
- id: itm-b
  stem: 第二题问什么？
  key: b
`
const state = (source: string, more: Partial<DraftState> = {}): DraftState => ({
  ...{ source, itemsSource: items, files: {} },
  ...more,
})
/** What is said when these words are replaced. */
const said = (from: string, to: string) => {
  expect(text).toContain(from)
  return sayDifference(state(text), state(text.replace(from, to)))
}

test('a lesson that was not touched has nothing to be told of', () => {
  expect(sayDifference(sizhi, sizhi)).toEqual([])
})

test('a section is told by number and heading, with places and letters that came and went', () => {
  expect(said('有人送十斤金，杨震不收。', '有人夜里送来十斤金，杨震没有收。')).toEqual([
    '第1节“夜里的十斤金”：改了3处，增加5字，删去1字。',
  ])
})

test('what stands before the first heading is the opening paragraph', () => {
  expect(said('开头说一句。', '开头说两句话。')).toEqual(['开头一段：改了1处，增加3字，删去2字。'])
})

test('a field is told by its Chinese name, from what to what', () => {
  expect(said('门前的两瓶酒', '四知')).toEqual(['开头：题目由“门前的两瓶酒”改成“四知”。'])
  expect(said('attribution: certain', 'attribution: doubtful')).toEqual([
    '开头：出处的把握由“出处可靠”改成“作者存疑”。',
  ])
  expect(said('minutes: 11\n', '')).toEqual(['开头：删去了分钟数“11”。'])
})

test('a source that came or went is told by its work and place', () => {
  expect(said('    place: 杨震列传\n', '    place: 杨震列传\n  - work: 《资治通鉴》\n')).toEqual([
    '开头：出处加上“《资治通鉴》”。',
  ])
  expect(said('    place: 杨震列传\n', '    place: 杨震列传\n    note: 两书不同\n')).toEqual([
    '开头：出处的细目有改动。',
  ])
})

test('a new section, one that went, one under another heading and one that moved are told as such', () => {
  expect(said('## 再想一想', '## 新的一节\n\n刚写的八个字。\n\n## 再想一想')).toEqual([
    '新增第3节“新的一节”，7字。',
  ])
  expect(said('## 今天怎么办\n\n先讲明，再送还。\n\n', '')).toEqual(['删去原来的第2节“今天怎么办”，8字。'])
  expect(said('## 今天怎么办', '## 今天该怎么办')).toEqual(['第2节“今天该怎么办”：标题原来是“今天怎么办”。'])
  const [head = '', first = '', second = '', third = ''] = text.split(/(?=^## )/m)
  expect(sayDifference(state(text), state(head + third.trimEnd() + '\n\n' + first + second))).toEqual([
    '第1节“再想一想”：原来是第3节。',
  ])
})

test('bold without a changed word is told as looks, not as words', () => {
  expect(said('先讲明，再送还。', '**先讲明，**再送还。')).toEqual([
    '第2节“今天怎么办”：字没有动，改了格式、图片或题目的位置。',
  ])
})

test('items that came, went and were changed are told by id and question', () => {
  const changed = items.replace('第一题问什么？', '第一题到底问什么？').replace('itm-b', 'itm-c')
  expect(sayDifference(state(text), state(text, { itemsSource: changed }))).toEqual([
    '新增题目 itm-c“第二题问什么？”。',
    '删去题目 itm-b“第二题问什么？”。',
    '题目 itm-a“第一题到底问什么？”：改了题干。',
  ])
  expect(sayDifference(state(text), state(text, { itemsSource: null }))).toEqual([
    '删去题目 itm-a“第一题问什么？”。',
    '删去题目 itm-b“第二题问什么？”。',
  ])
})

test('files are told by what they are', () => {
  const before = state(text, { files: { 'lane.webp': 'a.webp', 'old.mp3': 'b.mp3' } })
  const after = state(text, { files: { 'lane.webp': 'c.webp', 'form.pdf': 'd.pdf' } })
  expect(sayDifference(before, after)).toEqual([
    '新放了附件 form.pdf。',
    '换了图片 lane.webp。',
    '拿掉了录音 old.mp3。',
  ])
})

test('a new document is told as new', () => {
  expect(sayDifference(null, state(text, { itemsSource: null }))).toEqual(['这是新写的，共3节，35字。'])
})

test('a source that cannot be read is still compared by words', () => {
  expect(said('先讲明，再送还。', '先讲明，<Note>再送还。')).toEqual([
    '正文：改了1处，增加6字。有一处写法还读不懂，所以不分节说。',
  ])
  expect(said('title: 门', 'title: "门')).toContain('开头：现在的写法读不懂，要先改好。')
})
