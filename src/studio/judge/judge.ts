// The door of the studio, one function: from what a browser sent of a draft to the one source that is stored, with all
// that is to be mended in it and what may be drawn of it. Nothing that was sent is trusted, and nothing of it is run.
import type { Root as HastRoot } from 'hast'
import type { Root } from 'mdast'
import { z } from 'astro/zod'
import { canonical, writeTree } from '#course/canonical.ts'
import { checkTree } from '#course/check.ts'
import { checkLesson, mediaOf, nominalOf } from '#course/check-lesson.ts'
import type { MediaUse } from '#course/check-lesson.ts'
import { checkCase, checkStory } from '#course/check-text.ts'
import type { Known } from '#course/known.ts'
import { checkLimits, limits } from '#course/limits.ts'
import { normalise, parseTree } from '#course/parse.ts'
import { inReadingOrder, type Problem } from '#course/problem.ts'
import { readYaml } from '#course/read-yaml.ts'
import { toHast } from '#course/render.ts'
import { leadOf, sectionsOf, type Section } from '#course/sections.ts'
import { Item } from '#quiz/question.ts'
import { Refusal } from '#refusal.ts'
import type { Advice } from '#studio/check/advice.ts'
import { advise, type Lists } from '#studio/check/advise.ts'
import { fieldsOf, frontmatterOf } from '#studio/draft/frontmatter.ts'
import type { EditorDocument, EditorNode } from '#studio/editor/document.ts'
import { fromDocument } from '#studio/editor/from-document.ts'
import { toDocument } from '#studio/editor/to-document.ts'

/** What is judged, and what the library knows of it; plain, so that it can be given to a thread. */
export type Asked = {
  kind: 'lesson' | 'story' | 'case'
  /** What problems call the text. */
  file: string
  content:
    { type: 'source'; source: string } | { type: 'document'; frontmatter: string | null; doc: EditorNode }
  itemsSource: string | null
  /** Files that the draft has. */
  fileNames: readonly string[]
  known: {
    indicators: readonly string[]
    /** By item id: its lesson, and the hash of each revision. */
    items: Record<string, { lessonId: string | null; revisions: Record<number, string> }>
    editions: Record<string, number>
  }
  lists: Lists
}

export type Judged = {
  /** In the one form in which it is stored; as it was sent, if it cannot be read. */
  source: string
  /** For the editor; null while the body can only be mended in the source. */
  document: EditorDocument | null
  /** What keeps it from being published, in reading order. Places count in the text as it was sent. */
  problems: Problem[]
  advice: Advice[]
  /** The frontmatter as far as it can be read. */
  meta: Record<string, unknown>
  /** What it is worth by its length. */
  minutes: number
  /** Once the body can be drawn, whatever else is wrong; without the addresses of its files. */
  drawn: { tree: HastRoot; sections: Section[] } | null
  /** Names of the files that it shows. */
  media: string[]
  /** Those that can be read. */
  items: Item[]
}

/** Levels of an editor's document, and nodes; real lessons need about ten and a thousand. */
const most = { depth: 150, nodes: 60_000 }

/** @throws Refusal for what cannot even be stored. */
export function judgeText(asked: Asked): Judged {
  const { kind, file, content, itemsSource, fileNames, lists } = asked
  const text = normalise(content.type === 'source' ? content.source : written(content))
  if (Buffer.byteLength(text) > limits.bytes)
    throw new Refusal('too-large', '稿子太长，存不下。', '请分成几课，图片和音视频放成单独的文件。')
  const kept = canonical(text, file)
  const tree = treeOf(text, file)
  const known = knownIn(asked.known)
  const meta = fieldsOf(frontmatterOf(text))
  const { items, itemsFile } = { items: readable(itemsSource), itemsFile: '检查题' }
  const check = {
    lesson: () => checkLesson({ file, source: text, itemsFile, items: itemsSource }, known),
    story: () => checkStory(text, file, known),
    case: () => checkCase(text, file, known),
  }[kind]()
  const uses = check.type === 'checked' ? check.media : tree ? mediaOf(tree) : []
  return {
    source: kept.type === 'written' ? kept.source : text,
    document: tree && toDocument(tree),
    problems: inReadingOrder([
      ...(check.type === 'refused' ? withTree(check.problems, text, file) : []),
      ...missingFiles(uses, fileNames, file),
    ]),
    advice: advise(text, file, lists),
    meta: check.type === 'checked' ? check.meta : meta,
    minutes: tree ? nominalOf(tree) : 1,
    drawn: tree && { tree: toHast(tree), sections: [...leadOf(tree), ...sectionsOf(tree)] },
    media: uses.map(({ name }) => name),
    items: check.type === 'checked' && 'items' in check ? check.items : items,
  }
}

/** What an editor holds, as source. */
function written({ frontmatter, doc }: Extract<Asked['content'], { type: 'document' }>): string {
  requireBounded(doc)
  try {
    return writeTree(fromDocument({ frontmatter, doc }))
  } catch {
    // An editor of ours never makes such a thing; whoever made it by hand learns no more.
    throw new Refusal('invalid', '编辑器送来的内容读不懂，没有存。', '请刷新页面；写的内容还在本机。')
  }
}

/** Walks without calling itself: a document that is too deep must not overflow the stack. */
function requireBounded(doc: EditorNode): void {
  const open: { node: unknown; depth: number }[] = [{ node: doc, depth: 1 }]
  for (let seen = 0; open.length > 0; seen++) {
    const { node, depth } = open.pop() ?? { node: null, depth: 0 }
    if (depth > most.depth || seen > most.nodes)
      throw new Refusal(
        'too-large',
        '稿子里套得太深或太长，没有存。',
        '减少列表、引用和部件的嵌套，或分成几课。',
      )
    const inner = (node as EditorNode | null)?.content
    if (Array.isArray(inner)) for (const child of inner) open.push({ node: child, depth: depth + 1 })
  }
}

/** The body, if it can be read and holds nothing that is not allowed. */
function treeOf(text: string, file: string): Root | null {
  if (checkLimits(text, file).length > 0) return null
  const parsed = parseTree(text, file)
  return 'tree' in parsed && checkTree(parsed.tree, file).length === 0 ? parsed.tree : null
}

/** What is wrong with the body is said together with what is wrong with the frontmatter. */
function withTree(problems: Problem[], text: string, file: string): Problem[] {
  if (checkLimits(text, file).length > 0) return problems
  const parsed = parseTree(text, file)
  const more = 'tree' in parsed ? checkTree(parsed.tree, file) : [parsed.problem]
  const said = new Set(problems.map(({ line, message }) => `${line} ${message}`))
  return [...problems, ...more.filter(({ line, message }) => !said.has(`${line} ${message}`))]
}

function missingFiles(uses: readonly MediaUse[], names: readonly string[], file: string): Problem[] {
  return uses
    .filter(({ name }) => !names.includes(name))
    .map(({ name, line, column }) => ({
      ...{ file, line, column, message: `文件“${name}”还没有传上来。` },
      mend: '用“图片”或“插入部件”重新选这个文件，或删去它。',
    }))
}

function readable(itemsSource: string | null): Item[] {
  const read = readYaml(itemsSource ?? '[]', z.array(z.unknown()).max(40), '检查题')
  if (read.type === 'refused') return []
  return read.value.flatMap((one) => Item.safeParse(one).data ?? [])
}

function knownIn({ indicators, items, editions }: Asked['known']): Known {
  return {
    indicators: new Set(indicators),
    items: new Map(
      Object.entries(items).map(([id, { lessonId, revisions }]) => [
        id,
        { lessonId, revisions: new Map(Object.entries(revisions).map(([n, hash]) => [Number(n), hash])) },
      ]),
    ),
    editions: new Map(Object.entries(editions)),
  }
}
