// How far somebody is in one edition of a lesson, and whether all that it asks for was done.
import { yearOf } from '#day.ts'

export type Progress = {
  lesson: string
  edition: number
  /** Instant of the first visit. */
  openedAt: string
  sections: string[]
  /** Items answered with full points. */
  passed: string[]
  /** Counted active seconds. */
  seconds: number
  /** Of these the seconds that a page told only after a silence. */
  silentSeconds: number
  completedAt: string | null
  /** The event that moved it last. */
  event: string
}

/**
 * Progress as it stands at an instant; null if there is none. What was finished in an earlier year begins anew,
 * because credit is per period; what was only begun goes on.
 */
export function standingAt<P extends { completedAt: string | null }>(
  progress: P | undefined,
  at: string,
): P | null {
  if (!progress) return null
  const over = progress.completedAt !== null && yearOf(progress.completedAt) < yearOf(at)
  return over ? null : progress
}

/** What a lesson asks for. */
export type Asked = { sections: readonly string[]; items: readonly string[]; seconds: number }

/** What is still missing, by kind; all empty or zero means finished and checked. */
export type Missing = { sections: string[]; items: string[]; seconds: number }

/** Compares what was done with what is asked. */
export function missing(done: Pick<Progress, 'sections' | 'passed' | 'seconds'>, asked: Asked): Missing {
  return {
    sections: asked.sections.filter((section) => !done.sections.includes(section)),
    items: asked.items.filter((item) => !done.passed.includes(item)),
    seconds: Math.max(0, asked.seconds - done.seconds),
  }
}

/** True if nothing is missing. */
export function isFinished(still: Missing): boolean {
  return still.sections.length === 0 && still.items.length === 0 && still.seconds <= 0
}

/** What is missing, in a Chinese sentence. */
export function sayMissing(still: Missing): string {
  const parts = [
    still.sections.length > 0 ? `还有${still.sections.length}节没看到` : '',
    still.items.length > 0 ? `还有${still.items.length}道检查题没答对` : '',
    still.seconds > 0 ? `有效学习还差${Math.ceil(still.seconds / 60)}分钟` : '',
  ].filter(Boolean)
  return parts.length > 0 ? `${parts.join('，')}。` : '都完成了。'
}
