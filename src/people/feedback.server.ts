// What people say of a page. Nobody's name is kept with it.
import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { v7 } from 'uuid'
import type { z } from 'astro/zod'
import { now } from '#clock.server.ts'
import { read, write } from '#db/database.server.ts'
import { document } from '#db/schema/library.ts'
import { feedback } from '#db/schema/people.ts'
import { Remark } from '#people/feedback.ts'
import { addressGroup, perFeedback, take } from '#people/limit.server.ts'
import { Refusal } from '#refusal.ts'

/**
 * Keeps what was said at the foot of a page.
 * @returns the id of the remark, by which its answer is found.
 * @throws Refusal `invalid`, `too-many`.
 */
export async function giveFeedback(form: FormData, address: string): Promise<string> {
  const field = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  const sent = {
    page: field('page'),
    stars: field('stars') || null,
    text: field('text'),
    origin: 'reader' as const,
  }
  return giveRemark(sent, addressGroup(address))
}

/**
 * Keeps a remark. Which document it is about, and in which revision, follows from the address of the page; stars of a
 * page without one mean nothing and are not kept, but for the hall of a village, which is rated at its screen.
 * @param limitKey who counts as one in the limit: an address; null for a screen, which cannot send without its key.
 * @param made its id and when it was said: for what was kept elsewhere until now. The same id again changes nothing.
 * @returns the id of the remark, by which its answer is found; nobody can guess it.
 * @throws Refusal `invalid`, `too-many`.
 */
export async function giveRemark(
  given: z.input<typeof Remark>,
  limitKey: string | null,
  made = { id: v7(), at: now().toISOString() },
): Promise<string> {
  const outcome = Remark.safeParse(given)
  if (!outcome.success) throw new Refusal('invalid', outcome.error.issues[0]?.message ?? '请再填一次。')
  const { page, text, origin } = outcome.data
  const about = await documentOn(page)
  const isOfHall = origin === 'hall' && page.startsWith('/hall/')
  const stars = about || isOfHall ? outcome.data.stars : null
  if (stars === null && text === '')
    throw new Refusal(
      'invalid',
      '还没有写内容。',
      about ? '请选一个数，或写一句话，再送出。' : '请写一句话再送出。',
    )
  if (limitKey !== null && (await take(perFeedback, limitKey)))
    throw new Refusal('too-many', '送得太快了。', '请过十分钟再送。')
  const row = { ...made, personId: null, page, stars, text, origin }
  await write((tx) =>
    tx
      .insert(feedback)
      .values({ ...row, ...about })
      .onConflictDoNothing(),
  )
  return row.id
}

/** The document that is shown at an address, with its published revision; null for every other page. */
async function documentOn(page: string): Promise<{ documentId: string; revisionId: string | null } | null> {
  const slug = new URL(page, 'http://here.invalid').pathname.slice(1)
  const isShown = and(isNull(document.withdrawnAt), isNotNull(document.publishedRevisionId))
  const [row] = await read
    .select({ documentId: document.id, revisionId: document.publishedRevisionId })
    .from(document)
    .where(and(eq(document.slug, slug), isShown))
  return row ?? null
}
