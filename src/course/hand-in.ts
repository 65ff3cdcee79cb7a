// Brings to the server what waits in this browser from earlier pages and from a time without a line: what is left to
// tell of their visits, then the answers in order, then the ends of the visits.
import { tell, type Held } from '#course/tell.ts'
import { beginVisit, type Untold } from '#course/visit.ts'
import type { KeptAnswer, KeptVisit, Waiting } from '#course/waiting.ts'
import type { Post, Trouble } from '#quiz/post.ts'
import type { Feedback } from '#quiz/question.ts'

/** What became of an answer that waited: what the server says about it, or why it is not taken, in Chinese. */
export type Said = { feedback: Feedback } | { problem: string }

export type Carrier = {
  post: Post
  /** Now, ms since 1970. */
  now: () => number
  store: Waiting
  /** Mark of the person who is signed in. */
  owner: string
  /** Makes an id. */
  id: () => string
  /** Lets an open visit take over what an ended one to that lesson left; false if there is none. */
  takeOver: (lesson: string, left: Untold) => boolean
  said: (answer: KeptAnswer, said: Said) => void
  /** Words about what was not taken and is gone. */
  dropped: (message: string) => void
}

/** Why it has to go on later; `wait`: an answer is held up for some seconds, all else may go on. */
export type Rest = Trouble | { type: 'wait'; seconds: number }

/**
 * Hands in visits and all answers. Null when that is done.
 * @param which of the visits.
 */
export async function handIn(carrier: Carrier, which: (visit: KeptVisit) => boolean): Promise<Rest | null> {
  const { store, owner } = carrier
  const open: KeptVisit[] = []
  for (const visit of (await store.visits(owner)).filter(which)) {
    const told = await tellRest(carrier, visit)
    if (told && 'type' in told) return told
    if (told) open.push(told)
  }
  for (const answer of await store.answers(owner)) {
    const trouble = await sendAnswer(carrier, answer)
    // A fault of ours with one answer must not hold up the others.
    if (trouble && trouble.type !== 'broken') return trouble
  }
  for (const { segment } of open) {
    const closed = await carrier.post('close', { segment })
    if (closed.type !== 'ok' && closed.type !== 'gone' && closed.type !== 'wrong') return closed
    await store.dropVisit(segment)
  }
  return null
}

/** Tells what is left of a visit. The visit if it is still to be closed, null if it is over. */
async function tellRest(carrier: Carrier, kept: KeptVisit): Promise<KeptVisit | Trouble | null> {
  const { post, store } = carrier
  const { segment, lesson } = kept
  let opened = kept.opened
  const held: Held = { visit: kept }
  const visit = (): KeptVisit => ({ ...kept, ...held.visit, opened })
  if (!opened) {
    const reply = await post('open', { lesson, segment })
    if (reply.type === 'gone' || reply.type === 'wrong') return letDrop(carrier, segment, reply.message)
    if (reply.type !== 'ok') return reply
    opened = true
  }
  const told = await tell(held, post, () => void store.keepVisit(visit()), { now: carrier.now })
  if (told.type === 'later') return told.trouble
  if (told.type === 'refused') return letDrop(carrier, segment, told.message)
  if (told.type === 'told') return visit()
  // Of several pages that find it ended, one tells what is left.
  if (!(await store.dropVisit(segment)) || !told.left || carrier.takeOver(lesson, told.left)) return null
  const next = beginVisit(carrier.id(), lesson, kept.owner, told.left)
  const again = { ...next, at: kept.at, opened: false, left: true, handed: false }
  await store.keepVisit(again)
  return tellRest(carrier, again)
}

async function letDrop({ store, dropped }: Carrier, segment: string, message: string): Promise<null> {
  if (await store.dropVisit(segment)) dropped(message)
  return null
}

async function sendAnswer(carrier: Carrier, answer: KeptAnswer): Promise<Rest | null> {
  const { post, store, owner, said } = carrier
  const { event, fields } = answer
  const reply = await post<Feedback>('answer', { owner, fields })
  if (reply.type === 'ok' && reply.value.type === 'too-soon')
    return { type: 'wait', seconds: reply.value.seconds }
  if (reply.type === 'ok' || reply.type === 'gone' || reply.type === 'wrong') {
    await store.dropAnswer(event)
    said(answer, reply.type === 'ok' ? { feedback: reply.value } : { problem: reply.message })
    return null
  }
  return reply
}
