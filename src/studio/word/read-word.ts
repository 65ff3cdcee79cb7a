// From the bytes of a Word document to the body of a lesson. Runs in a thread of its own: what is inside may be anything.
import type { FootnoteDefinition, Nodes, Root, RootContent } from 'mdast'
import { canonical, writeTree } from '#course/canonical.ts'
import { parseTree } from '#course/parse.ts'
import { walk } from '#course/tree.ts'
import { UnreadableFile } from '#sheet/limits.ts'
import { blocks } from '#studio/word/blocks.ts'
import { cleanText } from '#studio/word/clean-text.ts'
import { headingLevels, type HeadingLevels } from '#studio/word/heading-levels.ts'
import { besides, excerpt, Losses } from '#studio/word/losses.ts'
import { Notes } from '#studio/word/notes.ts'
import { openWord } from '#studio/word/open-word.ts'
import { holdPictures, noteBodies } from '#studio/word/pictures.ts'
import type { Gathered } from '#studio/word/sentence.ts'
import { settleHeadings } from '#studio/word/settle-headings.ts'
import { tellEdges, tellUnread, type SeenParagraph } from '#studio/word/unread.ts'
import type { WordImport } from '#studio/word/word-import.ts'
import { plainWords, type WordDocument } from '#studio/word/word-model.ts'

const file = 'Word文档'

/** @throws UnreadableFile */
export async function readWord(bytes: Buffer): Promise<WordImport> {
  const { document, bodies, styles, edges } = await openWord(bytes)
  const lost = new Losses()
  const pictures = await holdPictures([document.children, ...noteBodies(document)])
  const gathered: Gathered = { lost, pictures, notes: new Notes(document), comment: commentIn(document) }
  const levels = headingLevels(styles)
  const found = blocks(document.children, { ...gathered, levels, inside: false })
  const { title, body } = settleHeadings(found, lost)
  const tree: Root = { type: 'root', children: [...body, ...definitions(gathered, levels)] }
  const source = written(tree)
  const seen = tellUnread(bodies, gathered.notes, lost)
  tellEdges(edges, lost)
  tellMissing(seen, `${title ?? ''} ${textOf(source)}`, lost)
  return { title, source, pictures: pictures.all(), lost: lost.all() }
}

function commentIn({ comments }: WordDocument): (id: string) => string {
  const known = new Map(
    comments.map(({ commentId, body, authorName = '' }) => [commentId, { body, authorName }]),
  )
  return (id) => {
    const { body = [], authorName = '' } = known.get(id) ?? {}
    return `${authorName ? `${cleanText(authorName)}的` : ''}批注“${excerpt(plainWords(body), 60)}”`
  }
}

/** The notes that were referred to, in their order; one may refer to another. */
function definitions(gathered: Gathered, levels: HeadingLevels): FootnoteDefinition[] {
  const all: FootnoteDefinition[] = []
  for (let note = gathered.notes.next(); note; note = gathered.notes.next()) {
    const children = blocks(note.body, {
      ...gathered,
      levels,
      inside: true,
    }) as FootnoteDefinition['children']
    all.push({ type: 'footnoteDefinition', identifier: note.label, label: note.label, children })
  }
  return all
}

/** The canonical form of a tree. */
function written(tree: Root): string {
  let source = writeTree({ ...tree, children: tree.children.filter(holdsSomething) })
  // Writing once joins what stands apart in the tree only; twice is the same from then on.
  for (let time = 0; time < 3; time++) {
    const form = canonical(source, file)
    if (form.type === 'refused') throw tooMuch(form.problems[0])
    if (form.source === source) break
    source = form.source
  }
  return source
}

const holdsSomething = (node: RootContent): boolean =>
  !('children' in node) || (node.children as Nodes[]).length > 0

function tooMuch(problem: { message: string; mend: string } | undefined): UnreadableFile {
  return new UnreadableFile(
    `这份文档放不进一课：${problem?.message ?? '内容太多。'}`,
    problem?.mend ?? '请分成几课，一课一份文档。',
  )
}

const textOf = (source: string): string => {
  const parsed = parseTree(source, file)
  if ('problem' in parsed) throw tooMuch(parsed.problem)
  return [...walk(parsed.tree)].map(({ node }) => ('value' in node ? node.value : '')).join('')
}

/** Letters and figures only, small ones made plain. */
const bare = (text: string) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '')

/** A paragraph whose words are nowhere in what was written is told, whatever it was that kept them out. */
function tellMissing(seen: readonly SeenParagraph[], text: string, lost: Losses) {
  const arrived = bare(text)
  const isThere = (words: string) => arrived.includes(bare(cleanText(words)))
  for (const { text: words, runs, boxed } of seen) {
    const kind = boxed ? '没有带来的文本框文字' : '没有带来的文字'
    if (!isThere(words) && !runs.every(isThere))
      lost.add(kind, besides(words), '请照文档核对这一段，缺的照原文补上。', `${kind}“${excerpt(words, 60)}”`)
  }
}
