// What the server has of a visit: asked by a page that does not know whether its last words arrived.
import { z } from 'astro/zod'
import { requireOwner } from '#course/owner.server.ts'
import type { Counted, Standing } from '#course/visit.ts'
import { endedVisit } from '#record/hours/ended.server.ts'
import type { Segment } from '#record/hours/segment.ts'
import { findOpen } from '#record/hours/segment.server.ts'
import { seconds, type Span } from '#record/hours/span.ts'
import { orRefusal, Refusal } from '#refusal.ts'

const Asking = z.strictObject({
  segment: z.uuid(),
  /** Mark of the person whose visit it is: somebody else may be signed in by now, who must not hear that it is lost. */
  owner: z.string().max(40),
})

/** Whole seconds of a visit, as every reply about it names them. */
export function countedIn({ spans, refused }: { spans: Span[]; refused: Record<string, number> }): Counted {
  return {
    seconds: Math.round(seconds(spans)),
    refused: Object.values(refused).reduce((sum, amount) => sum + amount, 0),
  }
}

/**
 * The number of the last beat of an open visit, or what an ended one became.
 * @throws Refusal `signed-out` if the person is not the one whose visit it is.
 */
export async function whatIsTold(person: string, body: unknown): Promise<Standing> {
  const asked = Asking.safeParse(body)
  if (!asked.success) throw new Refusal('invalid', '没有说是哪一段学习。', '请刷新页面。')
  const { segment, owner } = asked.data
  requireOwner(person, owner)
  const found: Segment | Refusal = await findOpen(person, segment).catch(orRefusal)
  if (!(found instanceof Refusal)) return { open: true, seq: found.lastSeq, ...countedIn(found) }
  const ended = await endedVisit(person, segment)
  return { open: false, ended: ended && { ...countedIn(ended), sections: ended.sections } }
}
