// An answer as xAPI writes it: the kind of interaction and a response in its notation (IEEE 9274.1.1, interaction
// activities): ids joined by [,], pairs by [.]. What a person typed is not in it.
import { z } from 'astro/zod'

const pairs = z.record(z.string(), z.string())

/** The shapes of answers that events hold, by what is told of them; a shape that is not known tells nothing. */
const Told = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('true-false'), choice: z.boolean() }),
  z.object({ kind: z.literal('single'), choice: z.string() }),
  z.object({ kind: z.literal('multiple'), choices: z.array(z.string()) }),
  z.object({ kind: z.literal('order'), order: z.array(z.string()) }),
  z.object({ kind: z.literal('match'), pairs }),
  z.object({ kind: z.literal('scenario'), chosen: pairs }),
  z.object({ kind: z.literal('procedure'), stages: z.record(z.string(), z.array(z.string())) }),
  z.object({ kind: z.literal('fill-in') }),
  z.object({ kind: z.literal('short-answer') }),
])

export type Response = { interactionType: string; response?: string }

const joined = (entries: [string, string][]) => entries.map((pair) => pair.join('[.]')).join('[,]')

/** The interaction and the response of an answer of any kind and age. */
export function responseOf(answer: unknown): Response {
  const told = Told.safeParse(answer)
  if (!told.success) return { interactionType: 'other' }
  const { data } = told
  switch (data.kind) {
    case 'true-false':
      return { interactionType: 'true-false', response: String(data.choice) }
    case 'single':
      return { interactionType: 'choice', response: data.choice }
    case 'multiple':
      return { interactionType: 'choice', response: data.choices.join('[,]') }
    case 'order':
      return { interactionType: 'sequencing', response: data.order.join('[,]') }
    case 'match':
      return { interactionType: 'matching', response: joined(Object.entries(data.pairs)) }
    case 'scenario':
      return { interactionType: 'performance', response: joined(Object.entries(data.chosen)) }
    case 'procedure': {
      const steps = Object.entries(data.stages).map(([stage, chosen]): [string, string] => [
        stage,
        chosen.join('、'),
      ])
      return { interactionType: 'performance', response: joined(steps) }
    }
    case 'fill-in':
      return { interactionType: 'fill-in' }
    case 'short-answer':
      return { interactionType: 'long-fill-in' }
  }
}
