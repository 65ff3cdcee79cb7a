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

/** A claim may run ahead of the server's clock by this much, for slow lines. */
export const graceSeconds = 5
/** What one visit may hold, so that the event which it becomes is always sound; only a page that plays tricks has more. */
const most = { spans: 2_000, sections: 100, files: 50, watched: 500 }
/** A page that was silent for longer has its segment closed: so long a lost line costs nothing. */
export const silentMilliseconds = 30 * 60_000
/** Three beats missed: what is told after that the server did not see. */
const silenceSeconds = 100
/**
 * The segment after a beat at `at` (ms since 1970, server clock). Counts at most the time since the last beat
 * plus five seconds, never time before the segment was opened, and never more than the silence after which it should
 * have been closed. `others` are spans of other people in the same browser: nobody studies for two.
 */
export function extendSegment(segment: Segment, beat: Beat, at: number, others: readonly Span[] = []): Segment {
  if (beat.seq <= segment.lastSeq) return segment
  const sinceBeat = Math.max(0, (at - segment.lastBeatAt) / 1000)
  const claimed = Math.min(beat.seconds, sinceBeat + graceSeconds, silentMilliseconds / 1000)
  const own = place(segment, claimed * 1000, at)
  const fresh = uncovered([own], [...segment.spans, ...others])
  const overlap = seconds(uncovered([own], segment.spans)) - seconds(fresh)
  const refused = { ...beat.uncounted, 'faster-than-clock': beat.seconds - claimed, 'shared-device': overlap }
  return {
    ...segment,
    lastBeatAt: Math.max(at, segment.lastBeatAt),
    lastSeq: beat.seq,
    spans: union([...segment.spans, ...fresh]).slice(0, most.spans),
    sections: [...new Set([...segment.sections, ...beat.sections])].sort().slice(0, most.sections),
    watched: addWatched(segment.watched, beat.watched ?? {}),
    refused: Object.entries(refused).reduce(addRefused, segment.refused),
    silentSeconds: segment.silentSeconds + (sinceBeat > silenceSeconds ? seconds(fresh) : 0),
  }
}

/** Where claimed time lies: up to now, but against the time before it where only a slow line can be between. */
function place(segment: Segment, length: number, at: number): Span {
  const opened = Date.parse(segment.openedAt)
  const before = segment.spans.at(-1)?.[1] ?? opened
  const from = at - length
  const gap = from - before
  const start = gap > 0 && gap < graceSeconds * 1000 ? before : Math.max(from, opened)
  return [Math.round(start), Math.round(Math.min(start + length, at))]
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
  'line-lost': '断网太久，这一段已经结束，断网时的时间没能及时报上来。',
}
