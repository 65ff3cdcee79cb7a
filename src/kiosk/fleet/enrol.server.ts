// Letting a screen in. It asks with its public key and shows a code; only whoever holds the private key hears of the
// approval, so a code that was overheard is worth nothing.
import { randomBytes } from 'node:crypto'
import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { read, write, type Database } from '#db/database.server.ts'
import { kioskEnrolment } from '#db/schema/kiosk.ts'
import {
  EnrolAsk,
  EnrolledAsk,
  enrolledText,
  writeEnrolCode,
  type EnrolledReply,
  type EnrolReply,
} from '#kiosk/fleet/enrolment.ts'
import { publicKeys } from '#kiosk/fleet/keys.server.ts'
import { importPublic, verify, type PublicKey } from '#kiosk/signing.ts'
import type { OpenStep } from '#kiosk/step.ts'
import { addressGroup, take, type Allowance } from '#people/limit.server.ts'
import { Refusal } from '#refusal.ts'

const minutes = 30
/** A county that sets up its screens in one room has one address. */
const perEnrolment: Allowance = { name: 'enrol', tries: 200, minutes: 60 }

/** A new screen asks for a code; the same screen gets the same code while it holds. @throws Refusal */
export const enrol: OpenStep = async ({ body, address }): Promise<EnrolReply> => {
  const asked = EnrolAsk.safeParse(body)
  if (!asked.success || !(await isKey(asked.data.key))) throw malformed()
  const { key } = asked.data
  const at = now()
  const [open] = await openFor(read, key, at)
  if (open) return open
  if (await take(perEnrolment, addressGroup(address)))
    throw new Refusal('too-many', '这个网络里登记的机器太多了。', '请过一小时再试。')
  const expiresAt = new Date(at.getTime() + minutes * 60_000).toISOString()
  const code = makeCode()
  return write(async (tx) => {
    // Two tabs of a new screen ask at the same time.
    const [other] = await openFor(tx, key, at)
    if (other) return other
    await tx.insert(kioskEnrolment).values({ code, publicKey: key, at: at.toISOString(), expiresAt })
    return { code, expiresAt }
  })
}

/** The screen asks whether it was let in, proving that it holds the key. @throws Refusal */
export const enrolled: OpenStep = async ({ body }): Promise<EnrolledReply> => {
  const asked = EnrolledAsk.safeParse(body)
  if (!asked.success) throw malformed()
  const { code, signature } = asked.data
  const [row] = await read.select().from(kioskEnrolment).where(eq(kioskEnrolment.code, code))
  if (!row) return { is: 'gone' }
  if (!(await verify(await importPublic(row.publicKey), signature, enrolledText(code)))) throw malformed()
  // Once approved it may still ask: the reply may have been lost.
  if (row.kioskId) return { is: 'enrolled', kiosk: row.kioskId, server: await publicKeys() }
  return { is: row.expiresAt > now().toISOString() ? 'waiting' : 'gone' }
}

const malformed = () => new Refusal('invalid', '这台机器发来的内容有误。', '请刷新页面，重新登记。')

/** Enrolments of a key that wait for approval. */
const openFor = (db: Database, key: PublicKey, at: Date) =>
  db
    .select({ code: kioskEnrolment.code, expiresAt: kioskEnrolment.expiresAt })
    .from(kioskEnrolment)
    .where(
      and(
        sql`json_extract(${kioskEnrolment.publicKey}, '$.x') = ${key.x}`,
        sql`json_extract(${kioskEnrolment.publicKey}, '$.y') = ${key.y}`,
        gt(kioskEnrolment.expiresAt, at.toISOString()),
        isNull(kioskEnrolment.kioskId),
      ),
    )

/** A point that is not on the curve is no key. */
const isKey = (key: PublicKey) =>
  importPublic(key).then(
    () => true,
    () => false,
  )

function makeCode(): string {
  for (;;) {
    const code = writeEnrolCode(randomBytes(16))
    if (code) return code
  }
}
