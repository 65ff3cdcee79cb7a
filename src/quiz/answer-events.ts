// What a question and the page around it say to each other, as events of the document: the question knows no lesson,
// and the page knows whether there is a line and whose answer it is.
import type { Feedback } from '#quiz/question.ts'

/** An answer is about to be sent (`failed`: could not be). Whoever keeps it and sends it later prevents the default. */
export type GivenAnswer = {
  /** Its id, a UUIDv7. */
  event: string
  item: string
  lesson: string
  /** Names and values of the form, in order. */
  fields: [string, string][]
  failed: boolean
  /** Filled in by the page: the mark of the person, see course/owner.server.ts. */
  owner?: string | undefined
}

/** What the page says of an answer that it took: it still waits, was judged, or was not accepted. */
export type ToldAnswer = { item: string } & (
  { waiting: string; fields: [string, string][] } | { feedback: Feedback } | { problem: string }
)

declare global {
  interface DocumentEventMap {
    'answer-given': CustomEvent<GivenAnswer>
    'answer-told': CustomEvent<ToldAnswer>
    /** A question is ready to be told what became of earlier answers. */
    'question-shown': CustomEvent<{ item: string }>
    'question-answered': CustomEvent<{ item: string; won: boolean }>
  }
}

type Name = 'answer-given' | 'answer-told' | 'question-shown' | 'question-answered'

/** Says it; false if somebody prevented the default. */
export function say<N extends Name>(name: N, detail: DocumentEventMap[N]['detail']): boolean {
  return document.dispatchEvent(new CustomEvent(name, { detail, cancelable: true }))
}
