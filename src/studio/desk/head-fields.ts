// The fields of a frontmatter as the form of the desk offers them, by kind. What the system writes (id, edition, days of
// checking) is not among them.
import { attributionNames } from '#ui/attribution-names.ts'
import { Need, Setting, Topic } from '#course/case.ts'
import { Path } from '#course/provenance.ts'
import { Hall, Season } from '#course/story.ts'
import type { DraftKind } from '#studio/draft/draft.ts'

export type HeadField = {
  name: string
  label: string
  hint?: string
  /** Letters, lines or choices at most. */
  most?: number
} & (
  | { type: 'line' | 'number' | 'day' | 'words' | 'lines' | 'indicators' | 'sources' }
  | { type: 'lesson'; required: boolean }
  | { type: 'choice' | 'several'; options: readonly { value: string; text: string }[] }
)

const same = (values: readonly string[]) => values.map((value) => ({ value, text: value }))

const title = (most: number): HeadField => ({ name: 'title', label: '题目', type: 'line', most })
const path: HeadField = {
  name: 'path',
  label: '三不腐里的哪一条',
  type: 'choice',
  options: same(Path.options),
}
const indicators: HeadField = {
  name: 'indicators',
  label: '教哪几项能力',
  hint: '一到四项，最主要的先选',
  type: 'indicators',
}
const lesson: HeadField = { name: 'lesson', label: '背后的一课', type: 'lesson', required: false }

const provenance: HeadField[] = [
  {
    ...{ name: 'sources', label: '出处', type: 'sources' },
    hint: '写书名、文件名或报道，读者在页面下面能看到',
  },
  {
    ...{ name: 'attribution', label: '主要的话或事，有多可靠', type: 'choice' },
    options: Object.entries(attributionNames).map(([value, text]) => ({ value, text })),
  },
  { name: 'checkedBy', label: '由哪个单位核对', type: 'line', most: 60 },
  { name: 'reviewBy', label: '哪天以前再核一次', type: 'day' },
]

const own: Record<DraftKind, HeadField[]> = {
  lesson: [
    title(60),
    { name: 'summary', label: '一两句话的介绍', type: 'words', most: 300 },
    {
      ...{ name: 'minutes', label: '学一遍要几分钟', type: 'number' },
      hint: '按每分钟250字、每题1分钟算，可以上下差一半',
    },
    path,
    indicators,
  ],
  story: [
    title(30),
    { name: 'summary', label: '一句话的介绍', type: 'words', most: 120 },
    { name: 'hall', label: '挂在哪个厅', type: 'choice', options: same(Hall.options) },
    { name: 'season', label: '哪个季节讲', type: 'choice', options: same(Season.options) },
    path,
    indicators,
    {
      ...{ name: 'question', label: '回家聊一聊的问题', type: 'words', most: 120 },
      hint: '没有标准答案的',
    },
    lesson,
  ],
  case: [
    title(40),
    { name: 'summary', label: '问题和办法，一两句话', type: 'words', most: 200 },
    path,
    indicators,
    { name: 'topics', label: '说的是什么事', type: 'several', most: 4, options: same(Topic.options) },
    { name: 'settings', label: '哪里用得上', type: 'several', most: 4, options: same(Setting.options) },
    { name: 'needs', label: '少不了什么', type: 'several', most: 7, options: same(Need.options) },
    {
      ...{ name: 'spoken', label: '碰到这种事的人会怎么说', type: 'lines', most: 30 },
      hint: '一行一句，8到30句，照着人家嘴里的话写；找案例靠它',
    },
    { ...lesson, required: true },
  ],
}

/** The fields of a kind, in the order of the form. */
export const headFields = (kind: DraftKind): readonly HeadField[] => [...own[kind], ...provenance]
