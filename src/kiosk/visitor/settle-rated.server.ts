// Stars given at a screen, on what was read there or on how open the village's affairs are; nobody is named.
import { eq } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { kiosk as screen } from '#db/schema/kiosk.ts'
import type { Settle } from '#kiosk/intake/settled.ts'
import { hallPage, openness } from '#kiosk/visitor/openness.ts'
import { giveRemark } from '#people/feedback.server.ts'
import { Refusal } from '#refusal.ts'

/** A rating becomes a remark without words, once. */
export const settleRated: Settle<'rated'> = async ({ id, kiosk, at, body }) => {
  const page = body.page === openness.page ? hallPage(await unitOf(kiosk)) : body.page
  const given = { page, stars: body.stars, text: '', origin: 'hall' as const }
  try {
    await giveRemark(given, null, { id, at: new Date(at).toISOString() })
    return { state: 'settled' }
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'invalid')
      return { state: 'refused', reason: '评的这一件已经撤展，没有记下。' }
    throw error
  }
}

async function unitOf(kioskId: string): Promise<string> {
  const [row] = await read.select({ unitId: screen.unitId }).from(screen).where(eq(screen.id, kioskId))
  if (!row) throw new Error(`There is no kiosk ${kioskId}.`)
  return row.unitId
}
