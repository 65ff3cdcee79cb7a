// Takes in what somebody carried for a screen without a line: POST /hall/carry. Whoever is signed in may carry; what it
// says stands by the signatures of the screen.
import { and, eq, inArray, isNull, lt } from 'drizzle-orm'
import { z } from 'astro/zod'
import { v7 } from 'uuid'
import { now } from '#clock.server.ts'
import { read, write } from '#db/database.server.ts'
import { kiosk, kioskContact, kioskEntry } from '#db/schema/kiosk.ts'
import type { CarriedReply } from '#kiosk/carry/said.ts'
import { mostEntries } from '#kiosk/entry.ts'
import { knownKiosk, type Known } from '#kiosk/fleet/known.server.ts'
import { carriedHelloText, Hello } from '#kiosk/hello.ts'
import { takeEntries } from '#kiosk/intake/take.server.ts'
import { verify } from '#kiosk/signing.ts'
import { Refusal } from '#refusal.ts'

const Ask = z.strictObject({ hello: Hello, entries: z.array(z.unknown()).max(mostEntries) })

/** @throws Refusal `invalid` where it is no screen of ours that speaks, `closed` where it was taken out of use, `busy` */
export async function takeCarried(body: unknown): Promise<CarriedReply> {
  const asked = Ask.safeParse(body)
  if (!asked.success) throw noneOfOurs()
  const { hello, entries } = asked.data
  const known = await knownKiosk(hello.kiosk)
  if (!known || !(await verify(known.key, hello.signature, carriedHelloText(hello)))) throw noneOfOurs()
  if (known.revokedAt)
    throw new Refusal('closed', `“${known.name}”已经停用，它的记录不再收。`, '有疑问请问管理员。')
  await storeCarriedHello(known, hello)
  const before = await thereAlready(entries)
  const { stored, refused } = await takeEntries(entries, 'carried')
  return {
    kiosk: known.name,
    arrived: stored.filter((id) => !before.has(id)).length,
    known: stored.filter((id) => before.has(id)).length,
    refused: refused.map(({ reason }) => reason),
  }
}

/** The time of the entries ends with it, as with a hello over a line; but it is no sign of life of the screen. */
async function storeCarriedHello(known: Known, { turn, heard, seq, up, off }: Hello) {
  const ours = and(eq(kiosk.id, known.id), isNull(kiosk.revokedAt), lt(kiosk.turn, turn))
  await write(async (tx) => {
    const [newer] = await tx.update(kiosk).set({ turn }).where(ours).returning({ id: kiosk.id })
    if (!newer) return
    const at = now().getTime()
    await tx.insert(kioskContact).values({ id: v7(), kioskId: known.id, at, heard, seq, up, off })
  })
}

async function thereAlready(entries: unknown[]): Promise<Set<string>> {
  const ids = entries.flatMap((one) => {
    const id = (one as { id?: unknown } | null)?.id
    return typeof id === 'string' ? [id] : []
  })
  const rows = await read.select({ id: kioskEntry.id }).from(kioskEntry).where(inArray(kioskEntry.id, ids))
  return new Set(rows.map(({ id }) => id))
}

const noneOfOurs = () =>
  new Refusal('invalid', '这不是本县大屏的记录，或者不完整。', '请在大屏上重新存一次文件，或重新扫码。')
