// A draft is told everything at once, drawn as early as can be, and never lost; and one hard text harms no other.
import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { Refusal } from '#refusal.ts'
import { readLists } from '#studio/check/lists.server.ts'
import { closeJudge, judgeDraft } from '#studio/judge/judge.server.ts'
import { judgeText, type Asked } from '#studio/judge/judge.ts'
import { bodyLine, bodyWith, goodBody, goodItem, sourceOf } from '../../course/sample.ts'
import { documents } from '../../support/document-payloads.ts'

const root = join(import.meta.dirname, '../../..')
const model = parse(readFileSync(join(root, 'content/capabilities/default.yaml'), 'utf8')) as {
  dimensions: { indicators: { id: string }[] }[]
}
const indicators = model.dimensions.flatMap((one) => one.indicators.map(({ id }) => id))
const { lists } = await readLists(join(root, 'content'))

afterAll(closeJudge)

function draftOf(source: string, more: Partial<Asked> = {}): Asked {
  return {
    ...{ kind: 'lesson', file: '正文', content: { type: 'source', source }, fileNames: [] },
    itemsSource: JSON.stringify([goodItem]),
    known: { indicators, items: {}, editions: {} },
    lists: { ...lists, withdrawn: [], sensitive: [] },
    ...more,
  }
}
const saidOf = ({ problems }: { problems: { message: string }[] }) => problems.map(({ message }) => message)

describe('what a writer is told', () => {
  test('a good lesson has nothing to be mended, and is drawn with its sections', () => {
    const judged = judgeText(draftOf(sourceOf(goodBody)))
    expect(judged.problems).toEqual([])
    expect(judged.source).toBe(sourceOf(goodBody))
    expect(judged.meta).toMatchObject({ title: '四知：夜里的十斤金', minutes: 2 })
    expect(judged.drawn?.sections.map(({ id }) => id)).toEqual(['lead', 's1'])
    expect(judged.items.map(({ id }) => id)).toEqual(['itm-sizhi-1'])
  })

  test('a draft that has hardly begun is drawn, and told all that is missing, the text before its checks', () => {
    const items = JSON.stringify([goodItem, { id: 'itm-2', kind: 'single' }])
    const judged = judgeText(
      draftOf(sourceOf(bodyWith('<Evil />'), { title: undefined, minutes: '0' }), { itemsSource: items }),
    )
    const files = judged.problems.map(({ file }) => file)
    expect(saidOf(judged).join('')).toMatch(/少了“title”.*<Evil>|minutes/)
    expect(saidOf(judged)).toContain('没有叫 <Evil> 的组件。')
    expect(saidOf(judged)).toContain('少了“title”。')
    expect(files).toContain('检查题')
    expect(files.indexOf('检查题')).toBeGreaterThan(files.lastIndexOf('正文'))
    expect(judged.items.map(({ id }) => id)).toEqual(['itm-sizhi-1'])
    const body = judgeText(draftOf(sourceOf(goodBody, { title: undefined }), { itemsSource: items }))
    expect(body.drawn?.sections.map(({ title }) => title)).toEqual(['', '那天夜里'])
    expect(body.document).not.toBeNull()
    expect(body.meta).toMatchObject({ id: 'lsn-sizhi' })
  })

  test('a text whose label was deleted can still be written and seen', () => {
    const judged = judgeText(draftOf('## 好\n\n字。\n'))
    expect(saidOf(judged)).toEqual(['开头没有课文的说明（frontmatter）。'])
    expect(judged.document).not.toBeNull()
    expect(judged.drawn).not.toBeNull()
  })

  test('what cannot be read is kept as it came', () => {
    const source = sourceOf(bodyWith('* 好\n\n<Note title="好">'))
    const judged = judgeText(draftOf(source))
    expect(judged).toMatchObject({ source, document: null, drawn: null })
    expect(judged.problems[0]?.line).toBe(bodyLine + 8)
  })

  test.each([
    ['a heading without words', '##'],
    ['a quotation without words', '<Quote work="《论语》" attribution="certain">\n</Quote>'],
    ['an aside without words', '<Note title="好">\n</Note>'],
    ['a time line whose points are not bold', '<Timeline>\n  - 没有年份\n</Timeline>'],
    ['an aside in a list', '- 好\n\n  <Note title="好">\n    好\n  </Note>'],
    ['a picture without words', '![](图.png)'],
  ])('%s is to be mended, and opens in the editor as it was left', (_, part) => {
    const judged = judgeText(draftOf(sourceOf(bodyWith(part)), { fileNames: ['图.png'] }))
    expect(judged.problems).toHaveLength(1)
    // The rest is drawn meanwhile.
    expect(judged.drawn?.tree.children.filter(({ type }) => type === 'element')).toEqual(
      judgeText(draftOf(sourceOf(bodyWith('')))).drawn?.tree.children.filter(
        ({ type }) => type === 'element',
      ),
    )
    if (!judged.document) throw new Error('It could not be opened.')
    const content = { type: 'document' as const, ...judged.document }
    expect(judgeText(draftOf('', { content })).source).toBe(judged.source)
    expect(judged.minutes).toBe(2)
  })

  test('a picture that was not sent yet is named with its place', () => {
    const source = sourceOf(bodyWith('![一条窄巷](lane.webp)'))
    const [problem, ...more] = judgeText(draftOf(source)).problems
    expect(more).toEqual([])
    expect(problem).toMatchObject({ line: bodyLine + 6, column: 1, message: '文件“lane.webp”还没有传上来。' })
    expect(judgeText(draftOf(source, { fileNames: ['lane.webp'] })).problems).toEqual([])
  })

  test('an item of another lesson, and one that changed without a new revision, are found', () => {
    const other = { 'itm-sizhi-1': { lessonId: 'lsn-other', revisions: { 1: 'x' } } }
    const known = { indicators, items: other, editions: { 'lsn-sizhi': 3 } }
    const said = saidOf(judgeText(draftOf(sourceOf(goodBody), { known })))
    expect(said).toEqual(['edition 从3变小成了1。', '题目代号 itm-sizhi-1 已经用在另一课里。'])
    const own = { 'itm-sizhi-1': { lessonId: 'lsn-sizhi', revisions: { 1: 'x' } } }
    const changed = judgeText(
      draftOf(sourceOf(goodBody), { known: { indicators, items: own, editions: {} } }),
    )
    expect(saidOf(changed)).toEqual(['题目 itm-sizhi-1 改过，revision 没有变。'])
  })

  test('a story asks nothing, and a case has its five headings', () => {
    const first = (pattern: string) =>
      readFileSync(join(root, globSync(pattern, { cwd: root }).sort()[0] ?? ''), 'utf8')
    const asks = `${first('content/stories/*/index.mdx')}\n<Quiz item="itm-sizhi-1" />\n`
    expect(saidOf(judgeText(draftOf(asks, { kind: 'story', itemsSource: null })))).toContain(
      '检查题只放在课文里。',
    )
    const source = first('content/cases/*/index.mdx')
    expect(judgeText(draftOf(source, { kind: 'case', itemsSource: null })).problems).toEqual([])
    const without = judgeText(
      draftOf(source.replace('## 局限', '## 别的'), { kind: 'case', itemsSource: null }),
    )
    expect(saidOf(without)[0]).toMatch(/^案例的小标题是/)
  })

  test('more faults than anybody mends at once are cut short', () => {
    const body = bodyWith('<Evil />\n\n'.repeat(150))
    expect(judgeText(draftOf(sourceOf(body))).problems).toHaveLength(100)
  })
})

describe('what is stored', () => {
  test('the editor and the source view store the same text', () => {
    const fromSource = judgeText(draftOf(sourceOf(goodBody)))
    if (!fromSource.document) throw new Error('It could not be opened.')
    const content = { type: 'document' as const, ...fromSource.document }
    expect(judgeText(draftOf('', { content })).source).toBe(fromSource.source)
  })

  test.each(['* 一\n* 二', '__好__', '好  \n好'])('%j is stored in the one form', (part) => {
    const once = judgeText(draftOf(sourceOf(bodyWith(part))))
    expect(once.source).not.toBe(sourceOf(bodyWith(part)))
    expect(judgeText(draftOf(once.source)).source).toBe(once.source)
  })

  test('a text that could not be read again in the one form stays as it was sent', () => {
    // Written as a reference it is no closing tag; the one form would hold 201 of `</`.
    const source = sourceOf(bodyWith('&lt;/b\n\n'.repeat(201)))
    const judged = judgeText(draftOf(source))
    expect(judged).toMatchObject({ problems: [], source })
    expect(judgeText(draftOf(judged.source)).problems).toEqual([])
  })

  test('a text of more than 256 KB is not stored, and its writer is told', () => {
    const judge = () => judgeText(draftOf(sourceOf('好'.repeat(90_000))))
    expect(judge).toThrow(Refusal)
    expect(judge).toThrow('稿子太长，存不下。')
  })
})

describe('the library', () => {
  const files = globSync('content/courses/*/*/index.mdx', { cwd: root }).sort()

  test('every lesson opens in the editor without a fault and stays as it is', async () => {
    expect(files.length).toBeGreaterThan(30)
    let longest = { file: '', letters: 0, milliseconds: 0 }
    for (const file of files) {
      const folder = join(root, dirname(file))
      const source = readFileSync(join(root, file), 'utf8')
      const items = join(folder, 'items.yaml')
      const itemsSource = existsSync(items) ? readFileSync(items, 'utf8') : null
      const began = performance.now()
      const judged = await judgeDraft(draftOf(source, { itemsSource, fileNames: readdirSync(folder) }))
      const milliseconds = Math.round(performance.now() - began)
      expect({ file, problems: judged.problems, isSame: judged.source === source }).toEqual({
        ...{ file, problems: [], isSame: true },
      })
      expect(judged.document).not.toBeNull()
      if (source.length > longest.letters) longest = { file, letters: source.length, milliseconds }
    }
    console.log('the longest lesson was judged in', longest)
  })
})

describe('the thread', () => {
  const hard = documents.find(([name]) => name === '5,000 links on one word')?.[1]
  const hardDraft = draftOf('', {
    content: { type: 'document', frontmatter: null, doc: { type: 'doc', content: [hard as never] } },
  })

  test('a text that takes too long is refused in words, and those behind it are judged', async () => {
    await judgeDraft(draftOf(sourceOf(goodBody)))
    const late = judgeDraft(hardDraft, 20)
    const behind = ['一', '二', '三'].map((title) => judgeDraft(draftOf(sourceOf(goodBody, { title }))))
    await expect(late).rejects.toMatchObject({ kind: 'invalid', message: expect.stringContaining('太复杂') })
    expect((await Promise.all(behind)).map(({ meta }) => meta['title'])).toEqual(['一', '二', '三'])
  })

  test('whoever waits when the site stops is told, and the next one is judged by another thread', async () => {
    const waiting = [judgeDraft(draftOf(sourceOf(goodBody))), judgeDraft(draftOf(sourceOf(goodBody)))]
    const told = Promise.allSettled(waiting)
    await closeJudge()
    expect((await told).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect((await judgeDraft(draftOf(sourceOf(goodBody)))).problems).toEqual([])
  })

  test('a crowd is sent away for a moment instead of being kept waiting', async () => {
    const crowd = Array.from({ length: 60 }, () => judgeDraft(draftOf(sourceOf(goodBody))))
    const told = await Promise.allSettled(crowd)
    const refused = told.flatMap((one) => (one.status === 'rejected' ? [one.reason as Refusal] : []))
    expect(refused.map(({ kind }) => kind)).toEqual(Array(9).fill('busy'))
  })

  test('a process that has judged a draft can end', () => {
    const asked = JSON.stringify(draftOf(sourceOf(goodBody)))
    const program = `const { judgeDraft } = await import('#studio/judge/judge.server.ts')
      console.log((await judgeDraft(${asked})).problems.length)`
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
      ...{ cwd: root, encoding: 'utf8', timeout: 25_000 },
    })
    expect(printed.trim()).toBe('0')
  })
})
