// The rules of the case finder beside its words: where somebody is, what they lack, what it is about. A rule moves a
// case up or down, and never without saying so.
import type { Need, Setting, Topic } from '#course/case.ts'
import type { CaseCard } from '#course/case-finder/case-card.ts'

/** What a person chose beside their words; nothing chosen changes nothing. */
export type Conditions = { setting?: Setting | undefined; topics?: Topic[]; lacks?: Need[] }

/** What a rule does to the nearness of a case, and the sentence with which it says so. */
type Ruling = { factor: number; fits?: string; differs?: string }

/** By how much conditions move a case, and all that is to be said of them. */
export type Judged = { factor: number; fits: string[]; differs: string[] }

const inside: Record<Setting, string> = { 村: '村里', 社区: '社区', 乡镇街道: '乡镇街道', 县区: '县区' }
const places = (settings: Setting[]) => settings.map((setting) => inside[setting]).join('、')

function bySetting({ settings }: CaseCard, setting: Setting | undefined): Ruling[] {
  if (setting === undefined) return []
  if (settings.includes(setting)) return [{ factor: 1.15, fits: `也能在${inside[setting]}做。` }]
  const differs = `它是在${places(settings)}做的，放到${inside[setting]}，先对照“当时的条件”一节。`
  return [{ factor: 0.85, differs }]
}

function byLack({ needs }: CaseCard, lacks: Need[]): Ruling[] {
  const wanting = lacks.filter((need) => needs.includes(need))
  const spared = lacks.filter((need) => !needs.includes(need))
  const fits = `你缺${spared.join('、')}，它用不着。`
  const differs = `它要有${wanting.join('、')}，你说眼下缺。`
  return [
    ...(spared.length > 0 ? [{ factor: 1.05, fits }] : []),
    ...(wanting.length > 0 ? [{ factor: 0.9 ** wanting.length, differs }] : []),
  ]
}

function byTopic({ topics }: CaseCard, asked: Topic[]): Ruling[] {
  if (asked.length === 0) return []
  const both = topics.filter((topic) => asked.includes(topic))
  if (both.length > 0) return [{ factor: 1.2, fits: `同一类事：${both.join('、')}。` }]
  return [{ factor: 0.85, differs: `它讲的是${topics.join('、')}，和你选的不是一类事。` }]
}

/** Weighs a case against the conditions. */
export function judgeConditions(card: CaseCard, { setting, topics = [], lacks = [] }: Conditions): Judged {
  const rulings = [...bySetting(card, setting), ...byTopic(card, topics), ...byLack(card, lacks)]
  return {
    factor: rulings.reduce((product, { factor }) => product * factor, 1),
    fits: rulings.flatMap(({ fits }) => fits ?? []),
    differs: rulings.flatMap(({ differs }) => differs ?? []),
  }
}
