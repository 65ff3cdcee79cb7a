// What the page of a lesson shows of its study: the line to the server, what is counted, and what waits.
import type { StudyState } from '#course/study.server.ts'

/** `guest`: nobody is signed in; `expired`: somebody was; `closed`: the server takes no more, and `message` says why. */
export type Line = 'waiting' | 'guest' | 'studying' | 'offline' | 'busy' | 'expired' | 'closed'

/** What a page shows of it. Seconds. */
export type Shown = {
  line: Line
  message: string
  study: StudyState | null
  /** Counted in the lesson, this visit included; refused in this visit. */
  counted: number
  refused: number
  /** Waiting in this browser: seconds, and answers. */
  seconds: number
  answers: number
  /** Answers to other lessons that had waited and were handed in by this page. */
  handed: number
  /** The browser keeps what waits, also when the page is closed. */
  kept: boolean
}

/** Before anything is known. */
export const unknown: Shown = {
  line: 'waiting',
  message: '',
  study: null,
  counted: 0,
  refused: 0,
  seconds: 0,
  answers: 0,
  handed: 0,
  kept: false,
}
