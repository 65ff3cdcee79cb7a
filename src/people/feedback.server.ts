// What people say of a page. Nobody's name is kept with it.
import { v7 } from 'uuid'
import { z } from 'astro/zod'
import { now } from '#clock.server.ts'
import { write } from '#db/database.server.ts'
import { feedback } from '#db/schema/people.ts'
import { localBack } from '#people/back.ts'
import { addressGroup, perFeedback, take } from '#people/limit.server.ts'
import { Refusal } from '#refusal.ts'

const shape = z.object({
  /** The page it is about. */
  page: z
    .string()
    .catch('/')
    .transform((page) => localBack(page) ?? '/'),
  text: z
    .string()
    .trim()
    .min(1, '还没有写内容。请写一句话再送出。')
    .max(1000, '请不要超过1000个字。')
    .refine((text) => !text.includes('\0'), '里面有看不见的字符，请删去后再送。'),
})

/**
 * Keeps what was said.
 * @returns the page it is about.
 * @throws Refusal `invalid`, `too-many`.
 */
export async function giveFeedback(form: FormData, address: string): Promise<string> {
  const outcome = shape.safeParse({ page: form.get('page') ?? '/', text: form.get('text') ?? '' })
  if (!outcome.success) throw new Refusal('invalid', outcome.error.issues[0]?.message ?? '请再填一次。')
  if (await take(perFeedback, addressGroup(address)))
    throw new Refusal('too-many', '送得太快了。', '请过十分钟再送。')
  const { page, text } = outcome.data
  await write((tx) =>
    tx.insert(feedback).values({ id: v7(), personId: null, page, text, at: now().toISOString() }),
  )
  return page
}
