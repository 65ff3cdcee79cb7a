// One lesson with its items, from source to what may be stored and drawn. Import, preview and packs all use this.
import type { Root } from 'mdast'
import type { Item } from '#quiz/question.ts'
import { checkItems, checkItemsAlone } from '#course/check-items.ts'
import { checkTree } from '#course/check.ts'
import { literalProps } from '#course/check-component.ts'
import { componentShape } from '#course/components.ts'
import { nothingKnown } from '#course/known.ts'
import type { Known } from '#course/known.ts'
import { Lesson } from '#course/lesson.ts'
import { allowedMinutes, hanPerMinute, nominalMinutes } from '#course/minutes.ts'
import { parseSource, type Parsed } from '#course/parse.ts'
import { inReadingOrder } from '#course/problem.ts'
import type { Place, Problem } from '#course/problem.ts'
import { countHan } from '#course/han.ts'
import { componentsOf, mediaSeconds, plainText, sectionsOf } from '#course/sections.ts'
import type { Section } from '#course/sections.ts'
import { placeOf, walk } from '#course/tree.ts'

/** The texts of a lesson, and what problems call the files. */
export type LessonSource = {
  file: string
  source: string
  itemsFile: string
  /** items.yaml, or null when there is none. */
  items: string | null
}

/** A file beside the lesson that it shows or offers. */
export type MediaUse = Place & { name: string }

/** A lesson that may be stored: everything has been checked except the bytes of its media. */
export type CheckedLesson = {
  type: 'checked'
  meta: Lesson
  tree: Root
  items: Item[]
  sections: Section[]
  media: MediaUse[]
}

/** Checks everything that can be known from the texts. Problems are in reading order. */
export function checkLesson(
  { file, source, itemsFile, items }: LessonSource,
  known: Known = nothingKnown,
): CheckedLesson | { type: 'refused'; problems: Problem[] } {
  const parsed = parseSource(source, file, Lesson)
  const faults = checkBody(parsed, file)
  if (parsed.type === 'refused' || faults.length > 0)
    return { type: 'refused', problems: inReadingOrder([...faults, ...checkItemsAlone(items, itemsFile)]) }
  const { meta, tree, place } = parsed
  const checked = checkItems(items, itemsFile, { tree, lessonFile: file, lessonId: meta.id, known })
  const sections = sectionsOf(tree)
  const problems = [
    ...checkSections(sections, file),
    ...checkMinutes(meta.minutes, nominalOf(tree), { file, ...place('minutes') }),
    ...checkIndicators(meta, known, { file, ...place('indicators') }),
    ...checkEdition(meta, known, { file, ...place('edition') }),
    ...(checked.type === 'refused' ? checked.problems : []),
  ]
  if (checked.type === 'refused' || problems.length > 0)
    return { type: 'refused', problems: inReadingOrder(problems) }
  return { type: 'checked', meta, tree, items: checked.items, sections, media: mediaOf(tree) }
}

/** What is wrong with frontmatter and body, so that both can be mended at once. */
export function checkBody(parsed: Parsed<unknown>, file: string): Problem[] {
  const heads = parsed.type === 'refused' ? parsed.problems : []
  return [...heads, ...(parsed.tree ? checkTree(parsed.tree, file) : [])]
}

/** The minutes that a tree is worth by its length. */
export function nominalOf(tree: Root): number {
  const items = componentsOf(tree).filter((node) => node.name === 'Quiz').length
  return nominalMinutes(countHan(plainText(tree)), mediaSeconds(tree), items)
}

/** Names of all files that the lesson uses, each with the place of its first use. */
export function mediaOf(tree: Root): MediaUse[] {
  const uses = new Map<string, MediaUse>()
  for (const { node } of walk(tree)) {
    const names = node.type === 'image' ? [node.url] : node.type === 'mdxJsxFlowElement' ? filesIn(node) : []
    for (const name of names) if (!uses.has(name)) uses.set(name, { name, ...placeOf(node) })
  }
  return [...uses.values()]
}

function filesIn(node: Parameters<typeof literalProps>[0]): string[] {
  const props = literalProps(node)
  return (componentShape(node.name)?.media ?? []).flatMap((name) => props[name] ?? [])
}

type Spot = Omit<Problem, 'message' | 'mend'>

function checkSections(sections: Section[], file: string): Problem[] {
  if (sections.length > 0) return []
  return [{ file, line: 1, column: 1, message: '课文没有分节。', mend: '用 ## 标题分成几节，至少一节。' }]
}

function checkMinutes(declared: number, calculated: number, at: Spot): Problem[] {
  const { least, most } = allowedMinutes(calculated)
  if (declared >= least && declared <= most) return []
  const message = `minutes 写的是${declared}分钟，按每分钟${hanPerMinute}字、每题1分钟和音视频时长算，是${calculated}分钟。`
  return [{ ...at, message, mend: `改成${calculated}，或${least}到${most}之间的整数。` }]
}

/** Indicators that the capability model does not have. */
export function checkIndicators(meta: { indicators: string[] }, { indicators }: Known, at: Spot): Problem[] {
  const unknown = indicators ? meta.indicators.filter((id) => !indicators.has(id)) : []
  if (unknown.length === 0) return []
  const message = `能力模型里没有指标“${unknown.join('、')}”。`
  return [{ ...at, message, mend: '对照能力模型改成已有的指标代号。' }]
}

function checkEdition(meta: Lesson, { editions }: Known, at: Spot): Problem[] {
  const newest = editions.get(meta.id) ?? 0
  if (meta.edition >= newest) return []
  return [
    {
      ...at,
      message: `edition 从${newest}变小成了${meta.edition}。`,
      mend: `写成${newest}，内容大改时写成${newest + 1}。`,
    },
  ]
}
