// Which sections were changed, renamed, moved, put in and taken out, in words.
import { changedRuns } from '#studio/difference/changed-runs.ts'
import { alike } from '#studio/difference/diff-text.ts'
import { lettersIn, sayExtent } from '#studio/difference/say-extent.ts'
import type { WrittenSection } from '#studio/difference/written.ts'

type Placed = WrittenSection & { number: number }
type Pair = { before: Placed; after: Placed }

/** A section under another heading is the same section if its text is as alike as this. */
const alikeEnough = 0.5

/** One sentence for each section to which something happened, in the new order; what went comes last. */
export function saySections(before: readonly WrittenSection[], after: readonly WrittenSection[]): string[] {
  const [a, b] = [numbered(before), numbered(after)]
  const pairs = pairUp(a, b)
  const moved = movedAmong(pairs)
  const said = b.flatMap((section) => {
    const pair = pairs.find((one) => one.after === section)
    if (!pair) return [`新增${nameOf(section)}，${lettersIn(section.text)}字。`]
    return sayPair(pair, moved.has(pair))
  })
  const gone = a.filter((section) => !pairs.some((one) => one.before === section))
  return [...said, ...gone.map((one) => `删去原来的${nameOf(one)}，${lettersIn(one.text)}字。`)]
}

/** Numbers as readers count: what stands before the first heading is no section. */
function numbered(sections: readonly WrittenSection[]): Placed[] {
  const leads = sections[0]?.title === null ? 0 : 1
  return sections.map((section, i) => ({ ...section, number: i + leads }))
}

const nameOf = ({ title, number }: Placed) => (title === null ? '开头一段' : `第${number}节“${title}”`)

/** The same heading first, then what is most alike. */
function pairUp(before: readonly Placed[], after: readonly Placed[]): Pair[] {
  const pairs: Pair[] = []
  const leftOf = (side: 'before' | 'after', all: readonly Placed[]) =>
    all.filter((one) => !pairs.some((pair) => pair[side] === one))
  for (const one of after) {
    const same = leftOf('before', before).find(({ title }) => title === one.title)
    if (same) pairs.push({ before: same, after: one })
  }
  for (const one of leftOf('after', after).filter(({ title }) => title !== null)) {
    const [nearest] = leftOf('before', before)
      .filter(({ title }) => title !== null)
      .map((other) => ({ other, how: alike(other.text, one.text) }))
      .sort((x, y) => y.how - x.how)
    if (nearest && nearest.how >= alikeEnough) pairs.push({ before: nearest.other, after: one })
  }
  return pairs.sort((x, y) => x.after.number - y.after.number)
}

/** Those whose place among the others is another one; as few as can be. */
function movedAmong(pairs: readonly Pair[]): ReadonlySet<Pair> {
  const numbers = pairs.map(({ before }) => String(before.number))
  const old = [...numbers].sort((x, y) => Number(x) - Number(y))
  const runs = changedRuns(old, numbers)
  return new Set(pairs.filter((_, i) => runs.some(({ fromB, toB }) => i >= fromB && i < toB)))
}

function sayPair({ before, after }: Pair, moved: boolean): string[] {
  const parts: string[] = []
  if (before.title !== after.title) parts.push(`标题原来是“${before.title ?? ''}”`)
  if (moved) parts.push(`原来是第${before.number}节`)
  const extent = sayExtent(before.text, after.text)
  if (extent) parts.push(extent)
  else if (bodyOf(before) !== bodyOf(after)) parts.push('字没有动，改了格式、图片或题目的位置')
  return parts.length > 0 ? [`${nameOf(after)}：${parts.join('，')}。`] : []
}

/** As it is written, without the heading's line. */
const bodyOf = ({ title, source }: Placed) => (title === null ? source : source.replace(/^.*\n?/, ''))
