// What the screen shows to a cadre of himself: hours and lessons, never the map and no test.
import { z } from 'astro/zod'

const hours = z.number().nonnegative()

export const OwnPage = z.strictObject({
  name: z.string(),
  /** One sentence. */
  owed: z.string(),
  /** Hours owed and done, one for each account that never makes up for another. */
  meters: z.array(z.strictObject({ name: z.string(), period: z.string(), owed: hours, done: hours })),
  /** Lessons begun and not finished, the last begun first, and what each still asks for. */
  begun: z.array(z.strictObject({ lesson: z.string(), left: z.string() })),
  /** Ids of finished lessons. */
  finished: z.array(z.string()),
})
export type OwnPage = z.infer<typeof OwnPage>

/** The lesson to study next: the first of those on this screen, in their order, that is neither finished nor begun. */
export function nextLesson<L extends { id: string }>(
  lessons: readonly L[],
  { begun, finished }: Pick<OwnPage, 'begun' | 'finished'>,
): L | null {
  const known = new Set([...begun.map(({ lesson }) => lesson), ...finished])
  return lessons.find(({ id }) => !known.has(id)) ?? null
}
