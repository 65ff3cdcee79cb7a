// What a kiosk journals of a cadre who is signed in at it. Only the visit is named; who that is, the server knows.
import { z } from 'astro/zod'

const visit = z.uuid()
const id = z.string().min(1).max(80)

/** Name and PIN were given at the screen while there was no line; checked when it arrives. */
export const VisitBegan = z.strictObject({
  kind: z.literal('visit-began'),
  visit,
  /** Key of the person on the sheet of the hall. */
  key: z.string().max(40),
  pin: z.string().regex(/^\d{6}$/),
})

/** A stretch of study at the screen, at most two minutes, ending at the time of the entry. */
export const Studied = z.strictObject({
  kind: z.literal('studied'),
  visit,
  lesson: id,
  edition: z.int().positive(),
  revision: id,
  /** Milliseconds by the monotonic clock in which the lesson was open and somebody stirred. */
  milliseconds: z.int().positive().max(120_000),
  /** Ids of the sections seen in it. */
  sections: z.array(z.string().max(20)).max(100),
})

/** A check of a lesson was answered at the screen; graded again by the server, as it stands in that revision. */
export const Answered = z.strictObject({
  kind: z.literal('answered'),
  visit,
  lesson: id,
  edition: z.int().positive(),
  revision: id,
  item: id,
  /** As quiz/question.ts has it. */
  answer: z.json(),
})

/** Done, or idle for five minutes. */
export const VisitEnded = z.strictObject({ kind: z.literal('visit-ended'), visit })
