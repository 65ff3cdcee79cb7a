// A visit to a lesson while it is open: what each beat adds, bounded by the server's own clock.
import { z } from 'astro/zod'
import { seconds, union, type Span } from '#record/hours/span.ts'

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
}

/** A claim may run ahead of the server's clock by this much, for slow lines. */
export const graceSeconds = 5
/** What one visit may hold, so that the event which it becomes is always sound; only a page that plays tricks has more. */
const most = { spans: 2_000, sections: 100, files: 50, watched: 500 }
/** A page that was silent for longer has its segment closed. */
export const silentMilliseconds = 15 * 60_000

/**
 * The segment after a beat at `at` (ms since 1970, server clock). Counts at most the time since the last beat
 * plus five seconds, over the whole segment at most the time since it was opened plus five seconds, and never more
 * than the silence after which the segment should have been closed.
 */
export function extendSegment(segment: Segment, beat: Beat, at: number): Segment {
  if (beat.seq <= segment.lastSeq) return segment
  const opened = Date.parse(segment.openedAt)
  const sinceBeat = (at - segment.lastBeatAt) / 1000
  const left = (at - opened) / 1000 + graceSeconds - seconds(segment.spans)
  const counted = Math.max(
    0,
    Math.min(beat.seconds, sinceBeat + graceSeconds, left, silentMilliseconds / 1000),
  )
  const from = Math.max(at - counted * 1000, opened - graceSeconds * 1000)
  return {
    ...segment,
    lastBeatAt: Math.max(at, segment.lastBeatAt),
    lastSeq: beat.seq,
    spans: union([...segment.spans, [Math.round(from), Math.round(at)]]).slice(0, most.spans),
    sections: [...new Set([...segment.sections, ...beat.sections])].sort().slice(0, most.sections),
    watched: addWatched(segment.watched, beat.watched ?? {}),
    refused: addRefused(segment.refused, 'faster-than-clock', beat.seconds - counted),
  }
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
function addRefused(before: Record<string, number>, reason: string, amount: number): Record<string, number> {
  if (amount < 1) return before
  return { ...before, [reason]: (before[reason] ?? 0) + Math.round(amount) }
}

/** Reasons for which claimed time is not counted, as the learner reads them. */
export const refusalReasons: Record<string, string> = {
  'faster-than-clock': '页面报来的时间比服务器在这一段里看到的多，多出的部分没有计入。',
  'counted-elsewhere': '同一时间你在另一个页面或设备上也在学，重叠的部分只计一次。',
}
