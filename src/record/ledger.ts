// What has been derived for one person so far. Rules read it and add to it; where its rows come from (an empty
// start for a rebuild, or just the rows that one event touches) makes no difference to them.
import type { Evidence } from '#record/evidence/evidence.ts'
import type { HourRule } from '#record/hours/rule.ts'
import type { Progress } from '#record/hours/progress.ts'
import type { Span } from '#record/hours/span.ts'

/** One credited amount, with the event and rule that it comes from. */
export type Credit = {
  event: string
  meter: 'online' | 'concentrated'
  /** Year, Asia/Shanghai. */
  period: number
  on: string
  /** Lesson id, or the title of a class. */
  subject: string
  title: string
  course: string | null
  edition: number | null
  minutes: number
  /** 学时 that this row adds. */
  hours: number
  /** 学分, where the rule set counts them beside 学时. */
  points: number | null
  nature: 'compulsory' | 'elective' | null
  /** The activity of the rule set whose caps apply; null for a lesson. */
  activity: string | null
  /** Rule set and version, e.g. `yunnan-2024@2024.1`. */
  rule: string
  /** Why, in a Chinese sentence. */
  reason: string
}

/** Claimed time that was not counted, and that no upheld objection gave back. */
export type Refused = { event: string; lesson: string; reason: string; seconds: number; at: string }

/** The dated versions in force at an event's effective time. */
export type InForce = {
  hourRule: (at: string) => HourRule
  /** Of an item at one revision: reworded, it is another item until it is calibrated again. */
  calibration: (
    item: string,
    revision: number,
    at: string,
  ) => { a: number; b: number; c: number; version: string } | null
  severity: (rater: string, at: string) => number | null
  /** Where evidence of an indicator counts in the model of today, whatever the model was then. */
  indicator: (id: string) => string
}

export class Ledger {
  readonly person: string
  progress = new Map<string, Progress>()
  spans: { span: Span; event: string }[] = []
  refused = new Map<string, Refused>()
  credits: Credit[] = []
  evidence = new Map<string, Evidence[]>()
  /** What was added or changed since loading; only this is written back. */
  fresh = {
    progress: new Set<string>(),
    spans: [] as { span: Span; event: string }[],
    refused: new Set<string>(),
    credits: [] as Credit[],
    evidence: [] as Evidence[],
  }

  constructor(person: string) {
    this.person = person
  }

  putProgress(progress: Progress) {
    const key = progressKey(progress.lesson, progress.edition)
    this.progress.set(key, progress)
    this.fresh.progress.add(key)
  }

  addSpan(span: Span, event: string) {
    this.spans.push({ span, event })
    this.fresh.spans.push({ span, event })
  }

  putRefused(refused: Refused) {
    const key = refusedKey(refused)
    this.refused.set(key, refused)
    this.fresh.refused.add(key)
  }

  addCredit(credit: Credit) {
    this.credits.push(credit)
    this.fresh.credits.push(credit)
  }

  addEvidence(piece: Evidence) {
    this.evidence.set(piece.indicator, [...(this.evidence.get(piece.indicator) ?? []), piece])
    this.fresh.evidence.push(piece)
  }
}

export const progressKey = (lesson: string, edition: number) => `${lesson}/${edition}`

export const refusedKey = ({ event, reason }: Pick<Refused, 'event' | 'reason'>) => `${event}/${reason}`
