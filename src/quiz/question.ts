// The shapes of one question: as stored, as seen, as answered, and what is said about the answer.
// Each kind's own fields stand in kinds/<kind>/kind.ts.
import { z } from 'astro/zod'
import { kinds } from '#quiz/kinds/registry.ts'

type Kind = (typeof kinds)[keyof typeof kinds]

/** One schema of every kind, as the non-empty list that a union wants. */
function ofEveryKind<Shape>(shape: (kind: Kind) => Shape) {
  const [first, ...rest] = Object.values(kinds)
  if (!first) throw new Error('There is no kind of question.')
  return [shape(first), ...rest.map(shape)] satisfies [Shape, ...Shape[]]
}

/** The full stored item with its key. Never leaves the server before the answer. */
export const Item = z.discriminatedUnion(
  'kind',
  ofEveryKind((kind) => kind.item),
)
export type Item = z.infer<typeof Item>

/** What a browser may see of an item; made only by public-half.ts. */
export const PublicQuestion = z.discriminatedUnion(
  'kind',
  ofEveryKind((kind) => kind.question),
)
export type PublicQuestion = z.infer<typeof PublicQuestion>

/** What a learner answers, JSON-able, naming its kind; stored in events, so a shape once saved stays readable. */
export const Answer = z.discriminatedUnion(
  'kind',
  ofEveryKind((kind) => kind.answer),
)
export type Answer = z.infer<typeof Answer>

/** The kind's own form fields as they were sent, so that a page without script can show them again. */
const Sent = z.record(z.string(), z.array(z.string()))

/** What the server says about an answer. */
export const Feedback = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('incomplete'),
    /** What is missing, in Chinese. Nothing was recorded. */
    message: z.string(),
    sent: Sent.optional(),
  }),
  z.strictObject({
    type: z.literal('too-soon'),
    /** After so many seconds it may be answered. Nothing was graded or recorded. */
    seconds: z.number(),
    sent: Sent.optional(),
  }),
  z.strictObject({
    type: z.literal('graded'),
    /** Points got, of `possible`. */
    earned: z.number(),
    possible: z.number(),
    /** Why the key is right. */
    rationale: z.string(),
    /** What is said of this very answer, step by step. */
    explained: z.array(z.string()).optional(),
    /** The sentence of the lesson that justifies it, verbatim. */
    passage: z.string(),
    /** Id of the section with the passage, as in the page (`s2`); null when it stands before the first one. */
    section: z.string().nullable(),
    /** False when an earlier answer to this item counts and this one is review. */
    firstTry: z.boolean(),
    /** What it counts for, or how to go on: one more sentence for the learner, may be empty. */
    note: z.string(),
    /** The event that it became, by which the learner may object to the points; null where nothing is kept. */
    event: z.string().nullable(),
    sent: Sent.optional(),
  }),
])
export type Feedback = z.infer<typeof Feedback>
