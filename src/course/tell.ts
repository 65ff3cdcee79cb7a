// Tells the server what a visit has to tell, such that a lost request or reply neither loses time nor counts it twice.
import {
  answered,
  hasNews,
  leftOver,
  letGo,
  nextBeat,
  reconcile,
  type Counted,
  type Standing,
  type Untold,
  type Visit,
} from '#course/visit.ts'
import type { Post, Trouble } from '#quiz/post.ts'

/** A visit that changes while a reply is awaited. */
export type Held = { visit: Visit }

/** What came of it. `ended`: the visit is over, and this of it could not be told; `refused`: never to be sent again. */
export type Told<Extra> =
  | { type: 'told'; reply: (Counted & Extra) | null }
  | { type: 'ended'; left: Untold | null }
  | { type: 'refused'; message: string }
  | { type: 'later'; trouble: Trouble }

/**
 * Sends the next beat, after it is known what became of the last one.
 * @param keep called before and after, so that what is on its way survives the page.
 * @param when what else this beat says: whether even without news it goes out, and whether it asks to finish.
 */
export async function tell<Extra>(
  held: Held,
  post: Post,
  keep: () => void,
  when: { now: () => number; always?: boolean; finish?: () => boolean },
): Promise<Told<Extra>> {
  if (held.visit.sent) {
    const unsettled = await askAfter(held, post, keep)
    if (unsettled) return unsettled
  }
  const finish = when.finish?.() ?? false
  if (!hasNews(held.visit.untold) && !finish && !when.always) return { type: 'told', reply: null }
  const { visit, beat } = nextBeat(held.visit, when.now(), finish)
  held.visit = visit
  keep()
  const reply = await post<Counted & Extra>('beat', beat)
  if (reply.type === 'gone') return (await askAfter(held, post, keep)) ?? later
  if (reply.type === 'wrong') held.visit = letGo(held.visit)
  if (reply.type === 'ok') held.visit = answered(held.visit, reply.value)
  keep()
  if (reply.type === 'ok') return { type: 'told', reply: reply.value }
  return reply.type === 'wrong'
    ? { type: 'refused', message: reply.message }
    : { type: 'later', trouble: reply }
}

/** The server has the visit after all; the next time decides. */
const later = { type: 'later', trouble: { type: 'broken' } } as const

/** Asks what the server has of a visit. Null if it is open, and then what did not arrive is to be told anew. */
async function askAfter(
  held: Held,
  post: Post,
  keep: () => void,
): Promise<Exclude<Told<never>, { type: 'told' }> | null> {
  const { segment, owner } = held.visit
  const reply = await post<Standing>('visit', { segment, owner })
  if (reply.type === 'gone' || reply.type === 'wrong') return { type: 'refused', message: reply.message }
  if (reply.type !== 'ok') return { type: 'later', trouble: reply }
  if (!reply.value.open) return { type: 'ended', left: leftOver(held.visit, reply.value) }
  held.visit = reconcile(held.visit, reply.value)
  keep()
  return null
}
