// The checks of a lesson: each item stands in items.yaml, is shown exactly once, and quotes the lesson it is about.
import type { Root } from 'mdast'
import { z } from 'astro/zod'
import { Item } from '#quiz/question.ts'
import { hashOf } from '#course/content-hash.ts'
import type { Known } from '#course/known.ts'
import type { Problem } from '#course/problem.ts'
import { readYaml } from '#course/read-yaml.ts'
import { plainText, quizzesOf, quotes } from '#course/sections.ts'
import { placeOf } from '#course/tree.ts'

type Spot = Omit<Problem, 'message' | 'mend'>

const Items = z.array(Item).max(40)

/** The items in the order in which the lesson shows them, or what is wrong with them. */
export type CheckedItems = { type: 'checked'; items: Item[] } | { type: 'refused'; problems: Problem[] }

/** What an item of items.yaml is checked against. */
export type ItemsContext = {
  /** A lesson whose tree has passed check.ts. */
  tree: Root
  lessonFile: string
  lessonId: string
  known: Known
}

/** Reads items.yaml beside a lesson; `source` is null when there is no such file. */
export function checkItems(source: string | null, file: string, context: ItemsContext): CheckedItems {
  const read = readYaml(source ?? '[]', Items, file, { plain: true })
  if (read.type === 'refused') return read
  const items = read.value
  const at = (index: number, field: string) => ({ file, ...read.place([index, field]) })
  const { known, lessonId: home } = context
  const problems = [
    ...checkUse(items, context),
    ...checkEach(items, { texts: [plainText(context.tree)], home, known }, at),
  ]
  if (problems.length > 0) return { type: 'refused', problems }
  const order = quizzesOf(context.tree).map(({ item }) => item)
  return { type: 'checked', items: items.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id)) }
}

/** What is wrong with items.yaml by itself, while the lesson around it cannot be read. */
export function checkItemsAlone(source: string | null, file: string): Problem[] {
  const read = readYaml(source ?? '[]', Items, file, { plain: true })
  return read.type === 'refused' ? read.problems : []
}

/** What items are checked against wherever they stand. */
export type Home = {
  /** What their passages are from: each stands whole in one of these. Null leaves them unchecked. */
  texts: readonly string[] | null
  /** Id of the lesson or course that they belong to; null in the item bank. */
  home: string | null
  known: Known
}

/** What must hold of items wherever they stand; `at` gives the place of a field. */
export function checkEach(
  items: Item[],
  { texts, home, known }: Home,
  at: (index: number, field: string) => Spot,
): Problem[] {
  return [
    ...checkRepeats(items, at),
    ...items.flatMap((item, index) => [
      ...checkPassage(item, texts, at(index, 'passage')),
      ...checkIndicator(item, known, at(index, 'indicator')),
      ...checkRevision(item, home, known, at(index, 'revision')),
      ...(home === null ? [] : checkGraded(item, at(index, 'kind'))),
    ]),
  ]
}

function checkPassage(item: Item, texts: Home['texts'], at: Spot): Problem[] {
  if (!texts || texts.some((text) => quotes(text, item.passage))) return []
  const message = `题目 ${item.id} 的 passage 在课文里找不到。`
  return [{ ...at, message, mend: '从课文里逐字复制一句，标点也要一样。' }]
}

function checkIndicator(item: Item, { indicators }: Known, at: Spot): Problem[] {
  if (!indicators || indicators.has(item.indicator)) return []
  const message = `能力模型里没有指标“${item.indicator}”。`
  return [{ ...at, message, mend: '对照能力模型改成已有的指标代号。' }]
}

/** Beside a lesson and in the test of a course nobody waits for graders. */
function checkGraded({ id, kind }: Item, at: Spot): Problem[] {
  if (kind !== 'short-answer') return []
  const message = `题目 ${id} 是简答题，要由人评分，课文和课程测试里当场就要有结果。`
  return [{ ...at, message, mend: '换一种题型，或把它放进题库，由监考的测评来考。' }]
}

/** Answers of years point to an item and its revision: neither may come to mean something else. */
function checkRevision(item: Item, home: string | null, known: Known, at: Spot): Problem[] {
  const earlier = known.items.get(item.id)
  if (!earlier) return []
  if (earlier.lessonId !== home) {
    const where = earlier.lessonId === null ? '题库' : '另一课'
    return [{ ...at, message: `题目代号 ${item.id} 已经用在${where}里。`, mend: '换一个没用过的代号。' }]
  }
  const newest = Math.max(...earlier.revisions.keys())
  const same = earlier.revisions.get(item.revision)
  if (same === undefined && item.revision < newest) {
    return [{ ...at, message: `题目 ${item.id} 的 revision 变小了。`, mend: `写成${newest + 1}。` }]
  }
  if (same === undefined || same === hashOf(item)) return []
  return [
    { ...at, message: `题目 ${item.id} 改过，revision 没有变。`, mend: `把 revision 写成${newest + 1}。` },
  ]
}

function checkRepeats(items: Item[], at: (index: number, field: string) => Spot) {
  return items.flatMap((item, index) =>
    items.findIndex((each) => each.id === item.id) < index
      ? [
          {
            ...at(index, 'id'),
            message: `题目代号 ${item.id} 用了两次。`,
            mend: '给后一道题换一个没用过的代号。',
          },
        ]
      : [],
  )
}

function checkUse(items: Item[], { tree, lessonFile }: ItemsContext): Problem[] {
  const known = new Set(items.map((item) => item.id))
  const shown = new Set<string>()
  const problems: Problem[] = []
  for (const { item, node } of quizzesOf(tree)) {
    const at = { file: lessonFile, ...placeOf(node) }
    if (!known.has(item)) {
      problems.push({
        ...at,
        message: `items.yaml 里没有题目 ${item}。`,
        mend: '核对代号，或在 items.yaml 里写上这道题。',
      })
    }
    if (shown.has(item)) problems.push({ ...at, message: `题目 ${item} 放了两次。`, mend: '只留一处。' })
    shown.add(item)
  }
  for (const id of known) {
    if (shown.has(id)) continue
    const mend = `在合适的地方写一行 <Quiz item="${id}" />，或从 items.yaml 里删去它。`
    problems.push({ file: lessonFile, line: 1, column: 1, message: `题目 ${id} 没有放进课文。`, mend })
  }
  if (known.size === 0 && shown.size === 0) {
    const mend = '在 items.yaml 里写一道题，再用 <Quiz item="…" /> 放进课文。'
    problems.push({ file: lessonFile, line: 1, column: 1, message: '这一课没有检查题。', mend })
  }
  return problems
}
