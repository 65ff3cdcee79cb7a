import { strToU8 } from 'fflate'
import { describe, expect, test } from 'vitest'
import type { FoundItem } from '#assessment/exchange/found.ts'
import { readDocx } from '#assessment/exchange/read-docx.ts'
import { readText } from '#assessment/exchange/read-text.ts'
import { refused } from '../../archive/files.ts'
import { docx, type Lists, type Paragraph } from './docx.ts'
import { school } from './papers.ts'

const linesOf = async (bytes: Buffer) =>
  (await readDocx(bytes)).split('\n').filter((line) => line.trim() !== '')
const itemsOf = async (bytes: Buffer) =>
  readText(await readDocx(bytes)).filter((one): one is FoundItem => one.type === 'item')

const questions = { levels: [['decimal', '%1．']] } satisfies Lists[number]
const options = { levels: [['upperLetter', '%1．']] } satisfies Lists[number]

describe('a Word document is read as it looks', () => {
  test('a paper that was typed is the same as pasted', async () => {
    const drafts = (await itemsOf(docx(school.split('\n')))).map(({ draft }) => draft)
    expect(drafts).toEqual(readText(school).flatMap((one) => (one.type === 'item' ? [one.draft] : [])))
  })

  test('numbers and letters that Word counts by itself are there, each list beginning anew', async () => {
    const paper: Paragraph[] = [
      '一、单选题',
      { text: '第一问（ ）', list: 1 },
      { text: '甲', list: 2 },
      { text: '乙', list: 2 },
      '答案：B',
      { text: '第二问（ ）', list: 1 },
      { text: '丙', list: 3 },
      { text: '丁', list: 3 },
      '答案：A',
    ]
    const bytes = docx(paper, { 1: questions, 2: options, 3: { like: 2, restart: 1 } })
    expect(await linesOf(bytes)).toEqual([
      '一、单选题',
      '1． 第一问（ ）',
      'A． 甲',
      'B． 乙',
      '答案：B',
      '2． 第二问（ ）',
      'A． 丙',
      'B． 丁',
      '答案：A',
    ])
    expect((await itemsOf(bytes)).map(({ draft, faults }) => [draft['key'], faults])).toEqual([
      ['b', []],
      ['a', []],
    ])
  })

  test('a list of two levels begins its letters anew with each question; headings count in Chinese', async () => {
    const outline = {
      levels: [
        ['decimal', '%1、'],
        ['upperLetter', '%2.'],
        ['decimal', '%1.%3'],
      ],
    } satisfies Lists[number]
    const paper: Paragraph[] = [
      { text: '单选题', list: 2 },
      { text: '问一', list: 1 },
      { text: '甲', list: 1, level: 1 },
      { text: '乙', list: 1, level: 1 },
      { text: '问二', list: 1 },
      { text: '丙', list: 1, level: 1 },
      { text: '点', list: 1, level: 2 },
      { text: '多选题', list: 2 },
    ]
    expect(await linesOf(docx(paper, { 1: outline, 2: { levels: [['chineseCounting', '%1、']] } }))).toEqual([
      '一、 单选题',
      '1、 问一',
      'A. 甲',
      'B. 乙',
      '2、 问二',
      'A. 丙',
      '2.1 点',
      '二、 多选题',
    ])
  })

  test('paragraphs that are numbered by their style are numbered; bullets and lists that are not there are not', async () => {
    const paper: Paragraph[] = [
      { text: '按样式', style: 'Question' },
      { text: '点', list: 2 },
      { text: '没有的', list: 9 },
      { text: '按样式', style: 'Question' },
    ]
    expect(await linesOf(docx(paper, { 1: questions, 2: { levels: [['bullet', '·']] } }))).toEqual([
      '1． 按样式',
      '点',
      '没有的',
      '2． 按样式',
    ])
  })

  test('signs of XML are words', async () => {
    expect(await linesOf(docx(['1. a < b && "c" &lt; </p><br/>']))).toEqual([
      '1. a < b && "c" &lt; </p><br/>',
    ])
  })
})

describe('what is no sound document is refused with what to do', () => {
  test.each([
    ['no document inside', docx([], {}, { 'word/document.xml': strToU8('<x/>') }), '不是能读的Word文档'],
    [
      'a document type',
      docx([], {}, { 'word/document.xml': strToU8('<!DOCTYPE x [<!ENTITY y "z">]><x>&y;</x>') }),
      'DTD',
    ],
    [
      'a document type in UTF-16',
      docx([], {}, { 'word/document.xml': Buffer.from('\uFEFF<!DOCTYPE x><x/>', 'utf16le') }),
      'DTD',
    ],
    ['XML that is none', docx([], {}, { 'word/document.xml': strToU8('<w:document><w:p>') }), 'XML坏了'],
    [
      'a tree too deep',
      docx([], {}, { 'word/document.xml': strToU8('<a>'.repeat(200) + '</a>'.repeat(200)) }),
      '太深',
    ],
    ['a bomb', docx([], {}, { 'word/x.xml': new Uint8Array(60 * 1024 * 1024) }), '内容太多'],
    ['no ZIP file', Buffer.from('PK\x03\x04 nothing'), 'Word文档坏了'],
  ])('%s', async (_, bytes, says) => {
    expect(await refused(readDocx(bytes))).toContain(says)
  })
})
