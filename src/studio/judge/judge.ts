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
  /** Whatever of the body is finished, whatever else is wrong; without the addresses of its files. */
  drawn: { tree: HastRoot; sections: Section[] } | null
  /** Names of the files that it shows. */
  media: string[]
  /** Those that can be read. */
  items: Item[]
}

/** Problems that are told at once; whoever has more mends these first. */
const mostProblems = 100

/**
 * Judges what has passed bounded.ts.
 * @throws Refusal for what cannot even be stored.
 */
export function judgeText(asked: Asked): Judged {
  const { kind, file, content, itemsSource, fileNames, lists } = asked
  const text = normalise(content.type === 'source' ? content.source : written(content))
  if (Buffer.byteLength(text) > limits.bytes)
    throw new Refusal('too-large', '稿子太长，存不下。', '请分成几课，图片和音视频放成单独的文件。')
  const held = treeOf(text, file)
  const tree = held && finishedIn(held, file)
  const known = knownIn(asked.known)
  const door = (source: string) =>
    ({
      lesson: () => checkLesson({ file, source, itemsFile: '检查题', items: itemsSource }, known),
      story: () => checkStory(source, file, known),
      case: () => checkCase(source, file, known),
    })[kind]()
  const check = door(text)
  const uses = check.type === 'checked' ? check.media : held ? mediaOf(held) : []
  return {
    source: storedForm(text, file, check.type === 'checked' ? (form) => door(form).type === 'checked' : null),
    document: held && toDocument(held),
    problems: bodyFirst(file, [
      ...(check.type === 'refused' ? check.problems : []),
      ...missingFiles(uses, fileNames, file),
    ]),
    advice: advise(text, file, lists),
    meta: check.type === 'checked' ? check.meta : fieldsIn(text, file),
    minutes: held ? nominalOf(held) : 1,
    drawn: tree && { tree: toHast(tree), sections: [...leadOf(tree), ...sectionsOf(tree)] },
    media: uses.map(({ name }) => name),
    items: check.type === 'checked' && 'items' in check ? check.items : readable(itemsSource),
  }
}

/** What an editor holds, as source. */
function written({ frontmatter, doc }: Extract<Asked['content'], { type: 'document' }>): string {
  try {
    return writeTree(fromDocument({ frontmatter, doc }))
  } catch {
    // An editor of ours never makes such a thing; whoever made it by hand learns no more.
    throw new Refusal('invalid', '编辑器送来的内容读不懂，没有存。', '请刷新页面；写的内容还在本机。')
  }
}

/**
 * The one form of a text. As it was sent, if it cannot be read, or if that form would be refused though the text is
 * not: a line end that was written as `&#10;` becomes one, and what stood behind it would begin a line.
 */
function storedForm(text: string, file: string, passes: ((form: string) => boolean) | null): string {
  const kept = canonical(text, file)
  if (kept.type === 'refused') return text
  return kept.source === text || !passes || passes(kept.source) ? kept.source : text
}

/** The body, if it can be read and holds nothing that is not allowed; what is not finished yet it may hold. */
function treeOf(text: string, file: string): Root | null {
  if (checkLimits(text, file).length > 0) return null
  const parsed = parseTree(text, file)
  return 'tree' in parsed && checkTree(parsed.tree, file, true).length === 0 ? parsed.tree : null
}

/** The same without the blocks that are not finished: a preview shows the rest. */
const finishedIn = (tree: Root, file: string): Root => ({
  ...tree,
  children: tree.children.filter(
    (block) => checkTree({ type: 'root', children: [block] }, file).length === 0,
  ),
})

/** The frontmatter as far as it can be read; nothing of what no parser should see. */
const fieldsIn = (text: string, file: string) =>
  checkLimits(text, file).length > 0 ? {} : fieldsOf(frontmatterOf(text))

/** In reading order, the text before its checks. */
function bodyFirst(file: string, problems: readonly Problem[]): Problem[] {
  const sorted = inReadingOrder(problems)
  const own = (isOwn: boolean) => sorted.filter((one) => (one.file === file) === isOwn)
  return [...own(true), ...own(false)].slice(0, mostProblems)
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
