// Nothing that anybody writes runs: each payload is refused in words with its place, or becomes plain text, and what a
// program that ran would touch is untouched: a file, a port, a secret of the process.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '#course/problem.ts'
import { Refusal } from '#refusal.ts'
import type { EditorNode } from '#studio/editor/document.ts'
import { closeJudge, judgeDraft } from '#studio/judge/judge.server.ts'
import type { Asked, Judged } from '#studio/judge/judge.ts'
import { bodyWith, goodBody, goodItem, sourceOf } from '../../course/sample.ts'
import { deepDocuments, documents, plainDocuments } from '../../support/document-payloads.ts'
import { listenHere, type Listening } from '../../support/http.ts'
import { attacks, bombs, heads, itemFiles, plainParts } from '../../support/payloads.ts'

/** Each is answered within the limit of a site; what the slowest took is printed. */
let slowest = { milliseconds: 0, said: '' }
const secret = 'canary-7f3a91'

let folder: string
let port: Listening
const asked: string[] = []
let touched: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'canary-'))
  touched = join(folder, 'touched')
  port = await listenHere((request, reply) => (asked.push(request.url ?? ''), reply.end()))
  process.env['LIANXUE_CANARY'] = secret
  // The thread is warm, as it is in a site that runs.
  await judge({ type: 'source', source: sourceOf(goodBody) })
})
afterAll(async () => {
  console.log(`the slowest payload took ${slowest.milliseconds.toFixed(0)} ms: ${slowest.said}`)
  await closeJudge()
  await port.close()
  rmSync(folder, { recursive: true, force: true })
})

/** With the canary's own file and port. */
const armed = (text: string) =>
  text.replaceAll('CANARY_FILE', touched).replaceAll('CANARY_ORIGIN', port.origin)
const armedNode = (node: unknown): unknown => JSON.parse(armed(JSON.stringify(node)))

function judge(content: Asked['content'], itemsSource = JSON.stringify([goodItem])): Promise<Judged> {
  const known = { indicators: ['conflict-of-interest'], items: {}, editions: {} }
  const lists = { misattributions: [], doubtfulFigures: [], withdrawn: [], sensitive: [] }
  const files = ['图.png']
  return judgeDraft({ kind: 'lesson', file: '正文', content, itemsSource, fileNames: files, known, lists })
}
const judgeSource = (source: string, items?: string) =>
  judge({ type: 'source', source: armed(source) }, items)

/** What a person is told: problems with their places, or the refusal of what cannot even be stored. */
async function told(
  judged: Promise<Judged>,
): Promise<{ said: string; problems: Problem[]; judged: Judged | null }> {
  const began = performance.now()
  try {
    const { problems } = await judged
    const milliseconds = performance.now() - began
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, said: problems[0]?.message ?? '' }
    return { said: problems.map(({ message }) => message).join(''), problems, judged: await judged }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    expect(error.hint).toMatch(/\p{Script=Han}.*。$/u)
    return { said: error.message, problems: [], judged: null }
  }
}

function expectPlaces(problems: Problem[]) {
  for (const { line, column, message, mend } of problems) {
    expect(line).toBeGreaterThanOrEqual(1)
    expect(column).toBeGreaterThanOrEqual(1)
    expect(message).toMatch(/\p{Script=Han}/u)
    expect(mend).toMatch(/\p{Script=Han}/u)
  }
}

/** All that a reader would see of the drawn text. */
const textOf = (node: unknown): string => {
  const { value, children = [] } = node as { value?: string; children?: unknown[] }
  return value ?? children.map(textOf).join('')
}

const misplaced = /图片没有说明|不能放在这里面|一级标题|放在了别的内容里面|标题是空的/

describe('in a source', () => {
  test.each(attacks)('%s is refused and not drawn', async (_, part, message) => {
    const { said, problems, judged } = await told(judgeSource(sourceOf(bodyWith(part))))
    expect(said).toMatch(message)
    expect(problems.length).toBeGreaterThan(0)
    expectPlaces(problems)
    // Plain words in a wrong place are mended where they were written, and what is sound around them is drawn.
    expect(judged?.source).not.toContain(secret)
    if (misplaced.test(said)) {
      const sound = (await judgeSource(sourceOf(bodyWith('')))).drawn?.tree.children ?? []
      for (const block of judged?.drawn?.tree.children ?? []) expect(sound).toContainEqual(block)
      return
    }
    expect(judged?.drawn).toBeNull()
    expect(judged?.document).toBeNull()
  })

  test.each(bombs)('%s is refused in time', async (_, body, message) => {
    const source = sourceOf(body)
    const { said, problems, judged } = await told(judgeSource(source))
    // What is larger than any lesson is not even stored.
    if (Buffer.byteLength(source) > 256 * 1024) return expect(said).toMatch(/^稿子.*太长/)
    expect(said).toMatch(message)
    expectPlaces(problems)
    expect(judged).toMatchObject({ source, drawn: null, document: null })
  })

  test.each(plainParts)('%s is text and nothing more', async (_, part, shows) => {
    const { said, judged } = await told(judgeSource(sourceOf(bodyWith(part))))
    expect(said).toBe('')
    expect(textOf(judged?.drawn?.tree)).toContain(armed(shows))
    // What is stored passes the same door, and is stored the same way again.
    const again = await told(judgeSource(judged?.source ?? ''))
    expect(again.said).toBe('')
    expect(again.judged?.source).toBe(judged?.source)
  })
})

describe('in what a text says of itself', () => {
  test.each(heads)('%s is refused', async (_, fields, message) => {
    const source = sourceOf(goodBody, fields)
    const { said, problems } = await told(judgeSource(source))
    expect(said).toMatch(message)
    expectPlaces(problems)
  })

  test.each(['---js', '---json', '+++', '<!--', ''])('an opening %j is refused', async (opening) => {
    const { said } = await told(judgeSource(sourceOf(goodBody).replace('---', opening)))
    expect(said).toMatch(/开头|不该有的字符/)
  })

  test('a frontmatter that ends itself is judged as the body that it becomes', async () => {
    const doc = { type: 'doc', content: [] }
    const frontmatter = 'id: lsn-sizhi\n---\n\n<script>globalThis.effect=1</script>\n\n---'
    const { said, judged } = await told(judge({ type: 'document', frontmatter, doc }))
    expect(said).toContain('不能写 HTML 标签 <script>')
    expect(judged?.drawn).toBeNull()
  })
})

describe('in the checks', () => {
  test.each(itemFiles)('%s is refused, and the text is still drawn', async (_, items, message) => {
    const { said, problems, judged } = await told(judgeSource(sourceOf(goodBody), armed(items)))
    expect(said).toMatch(message)
    expectPlaces(problems)
    expect(judged?.items).toEqual([])
    expect(judged?.drawn).not.toBeNull()
  })
})

describe('in a document that no editor of ours made', () => {
  const frontmatter = sourceOf('').split('---\n')[1]?.trim() ?? ''
  const sent = (node: unknown) => {
    const doc = { type: 'doc', content: [node] } as EditorNode
    return told(judge({ type: 'document', frontmatter, doc }, '[]'))
  }
  // These a document without sections, checks and length is told in any case.
  const always = /课文没有分节|没有检查题|minutes/

  test.each(documents)('%s is refused', async (_, node, message) => {
    const { said, problems } = await sent(armedNode(node))
    expect(said).toMatch(message)
    expectPlaces(problems)
  })

  test.each(deepDocuments)('%s are refused before anything is made of them', async (_, node, message) => {
    expect((await sent(node)).said).toMatch(message)
  })

  test.each(plainDocuments)('%s is text and nothing more', async (_, node, shows) => {
    const { problems, judged } = await sent(armedNode(node))
    expect(problems.map(({ message }) => message).filter((message) => !always.test(message))).toEqual([])
    expect(textOf(judged?.drawn?.tree)).toContain(armed(shows))
    expect(JSON.stringify(judged?.drawn)).not.toMatch(/"tagName":"script"|"onclick":/i)
  })

  test.each([null, [], 'x', 7, { type: 'doc', content: 'x' }])(
    '%j instead of one is refused',
    async (doc) => {
      const content = { type: 'document' as const, frontmatter, doc: doc as unknown as EditorNode }
      const { said, judged } = await told(judge(content, '[]'))
      if (judged) expect(textOf(judged.drawn?.tree)).toBe('')
      else expect(said).toContain('读不懂')
    },
  )
})

describe('after all of them', () => {
  test('nothing ran', () => {
    expect(existsSync(touched)).toBe(false)
    expect(asked).toEqual([])
    expect(process.env['LIANXUE_CANARY']).toBe(secret)
    expect((globalThis as { effect?: unknown }).effect).toBeUndefined()
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  test('a program that does run is noticed', async () => {
    const program = armed(`require('fs').writeFileSync('CANARY_FILE','x');fetch('CANARY_ORIGIN/a')`)
    // The port can answer only while this process does not wait.
    await new Promise((resolve) => spawn(process.execPath, ['-e', program]).on('exit', resolve))
    expect(existsSync(touched)).toBe(true)
    expect(asked).toEqual(['/a'])
  })
})
