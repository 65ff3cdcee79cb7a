// A visit to a lesson while it is open: what each beat adds, bounded by the server's own clock.
import { z } from 'astro/zod'
import { seconds, uncovered, union, type Span } from '#record/hours/span.ts'

/** Why a page says itself that some time is not to be counted; see `refusalReasons`. */
const Untold = z.strictObject({
  /** Nobody stirred for longer than the page in view takes to read slowly. */
  'no-sign': z.number().min(0).max(86_400).optional(),
  /** The line was gone for so long that the visit had ended before the time could be told. */
  'line-lost': z.number().min(0).max(86_400).optional(),
})

/** What a page sends every 30 seconds. */
export const Beat = z.strictObject({
  segment: z.uuid(),
  /** 1, 2, 3 … within the segment; a repeat is answered and not counted again. */
  seq: z.int().positive(),
  /** Active seconds since the last beat, as the page claims. */
  seconds: z.number().min(0).max(86_400),
  /** Sections seen since the segment was opened. */
  sections: z.array(z.string().regex(/^s\d{1,3}$/)).max(100),
  /** Media played since the last beat: `{ "<file>": [[from, to], …] }`, seconds from its start. */
  watched: z.record(z.string().max(200), z.array(z.tuple([z.number(), z.number()])).max(50)).optional(),
  /** Seconds since the last of the claimed ones, where the line was gone meanwhile: says where they lie, no more. */
  ago: z.number().min(0).max(86_400).optional(),
  /** Seconds since the last beat that the page does not claim, so that the learner sees them and may object. */
  uncounted: Untold.optional(),
  /** Set once the page has nothing missing by its own count: asks the server to check and finish the lesson. */
  finish: z.boolean().optional(),
})
export type Beat = z.infer<typeof Beat>

export type Segment = {
  id: string
  person: string
  lesson: string
  edition: number
  revision: string
  openedAt: string
  /** ms since 1970. */
  lastBeatAt: number
  lastSeq: number
  spans: Span[]
  sections: string[]
  watched: Record<string, [number, number][]>
  refused: Record<string, number>
  /** Of the counted seconds those that the page told only after a silence. */
  silentSeconds: number
  /** The browser it runs in; null where it keeps no mark. */
  device: string | null
}

/** A claim may run ahead of the server's clock by this much, for slow lines, and nothing is said of it. */
export const graceSeconds = 5
/** What one visit may hold, so that the event which it becomes is always sound; only a page that plays tricks has more. */
const most = { spans: 2_000, sections: 100, files: 50, watched: 500 }
/** A page that was silent for longer has its segment closed: so long a lost line costs nothing. */
export const silentMilliseconds = 30 * 60_000
/** Three beats missed: what is told after that the server did not see. */
const silenceMilliseconds = 100_000
/** A line may be late by so much from beat to beat; that makes no gap in the time counted. */
const driftMilliseconds = 10_000
/** What a page may say that it could not tell in time: nobody reads longer without a line. */
const mostLostSeconds = 4 * 3600

/** Spans that are counted already elsewhere: to the same person in other visits, to other people in the same browser. */
export type Taken = { mine: readonly Span[]; others: readonly Span[] }

/**
 * The segment after a beat at `at` (ms since 1970, server clock). Counted is only time of the last half hour that went
 * by while the segment was open, that no earlier beat counted, and that is not taken: nobody studies twice at a time,
 * nor for two. Pages tell late: the line was gone, or a slow reader stirred only now.
 */
export function extendSegment(
  segment: Segment,
  beat: Beat,
  at: number,
  { mine, others }: Taken = { mine: [], others: [] },
): Segment {
  if (beat.seq <= segment.lastSeq) return segment
  const opened = Date.parse(segment.openedAt)
  const claimed = Math.round(beat.seconds * 1000)
  const from = Math.max(opened, at - silentMilliseconds)
  const within = (taken: readonly Span[]) => uncovered([[from, at]], [...segment.spans, ...taken])
  const free = within([...mine, ...others])
  const possible = Math.min(claimed, length(within([])))
  const alone = Math.min(claimed, length(within(others)))
  const fresh = snapped(before(free, at - (beat.ago ?? 0) * 1000, claimed), segment.spans.at(-1)?.[1])
  const all = union([...segment.spans, ...fresh])
  const spans = all.slice(0, most.spans)
  const ahead = (claimed - possible) / 1000
  const refused = {
    'faster-than-clock': ahead > graceSeconds ? ahead : 0,
    'shared-device': (possible - alone) / 1000,
    'counted-elsewhere': (alone - length(fresh)) / 1000,
    'too-scattered': seconds(all) - seconds(spans),
    ...boundUncounted(segment, beat, (at - opened) / 1000 - seconds(spans)),
  }
  const silence = at - segment.lastBeatAt
  return {
    ...segment,
    lastBeatAt: Math.max(at, segment.lastBeatAt),
    lastSeq: beat.seq,
    spans,
    sections: [...new Set([...segment.sections, ...beat.sections])].sort().slice(0, most.sections),
    watched: addWatched(segment.watched, beat.watched ?? {}),
    refused: Object.entries(refused).reduce(addRefused, segment.refused),
    silentSeconds: segment.silentSeconds + (silence > silenceMilliseconds ? length(fresh) / 1000 : 0),
  }
}

const length = (spans: readonly Span[]) => spans.reduce((sum, [from, to]) => sum + (to - from), 0)

/** What a page says that it does not claim: idle time only within the time that is left, lost time within reason. */
function boundUncounted({ refused }: Segment, { uncounted }: Beat, left: number): Record<string, number> {
  const upTo = (reason: 'no-sign' | 'line-lost', most: number) =>
    Math.max(0, Math.min(uncounted?.[reason] ?? 0, most - (refused[reason] ?? 0)))
  return { 'no-sign': upTo('no-sign', left), 'line-lost': upTo('line-lost', mostLostSeconds) }
}

/** So many milliseconds of free time: as late as possible before an instant, and what does not fit there after it. */
function before(free: readonly Span[], instant: number, milliseconds: number): Span[] {
  const earlier = latest(uncovered(free, [[instant, Infinity]]), milliseconds)
  const rest = milliseconds - length(earlier)
  return rest <= 0 ? earlier : union([...earlier, ...latest(uncovered(free, [[-Infinity, instant]]), rest)])
}

/** The last so many milliseconds of spans. */
function latest(spans: readonly Span[], milliseconds: number): Span[] {
  const taken: Span[] = []
  let left = Math.round(milliseconds)
  for (const [from, to] of spans.toReversed()) {
    if (left <= 0) break
    taken.unshift([Math.max(from, to - left), to])
    left -= to - from
  }
  return taken
}

/** The same spans, moved against the time before them where only a late line is between. */
function snapped(spans: Span[], before: number | undefined): Span[] {
  const [first, ...rest] = spans
  if (!first || before === undefined) return spans
  const gap = first[0] - before
  return gap > 0 && gap < driftMilliseconds ? [[before, first[1] - gap], ...rest] : spans
}

function addWatched(before: Segment['watched'], added: Segment['watched']): Segment['watched'] {
  const all = { ...before }
  for (const [file, spans] of Object.entries(added)) {
    // A file may be named like something that every object has.
    const seen = Object.hasOwn(all, file) ? all[file] : undefined
    if (!seen && Object.keys(all).length >= most.files) continue
    all[file] = union([...(seen ?? []), ...spans]).slice(0, most.watched)
  }
  return all
}

/** Rounding of a page's timer is no refusal: less than a second is let go. */
function addRefused(
  before: Record<string, number>,
  [reason, amount]: [string, number | undefined],
): Record<string, number> {
  if (amount === undefined || amount < 1) return before
  return { ...before, [reason]: (before[reason] ?? 0) + Math.round(amount) }
}

/** Reasons for which claimed time is not counted, as the learner reads them. */
export const refusalReasons: Record<string, string> = {
  'faster-than-clock': '页面报来的时间比服务器在这一段里看到的多，多出的部分没有计入。',
  'counted-elsewhere': '同一时间你在另一个页面或设备上也在学，重叠的部分只计一次。',
  'shared-device': '这台设备的这段时间已经记在另一个人名下，同一时间不能记给两个人。',
  'no-sign': '这段时间页面开着，但好一会儿没有翻动、点按或播放，没有计入。',
  'too-scattered': '这一次学习断断续续太多，后面的部分没有计入。重新打开这一课就能接着记。',
  'line-lost': '断网太久，这一段已经结束，断网时的时间没能及时报上来。',
}
