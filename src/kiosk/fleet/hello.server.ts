// A kiosk says hello. Hundreds do so at once when the power comes back, so all hellos of one turn of the event loop are
// stored by one job, and what they ask for is kept ready.
import { v7 } from 'uuid'
import { now } from '#clock.server.ts'
import { knownKiosk, type Known } from '#kiosk/fleet/known.server.ts'
import { noteEmptied, storeHello } from '#kiosk/fleet/store-hello.server.ts'
import { sheetOf } from '#kiosk/fleet/sheet.server.ts'
import { packVersionFor } from '#kiosk/pack/current.server.ts'
import { tokenFor } from '#kiosk/fleet/token.server.ts'
import { withdrawnDocuments } from '#kiosk/fleet/withdrawn.server.ts'
import { Hello, helloText, type HelloReply } from '#kiosk/hello.ts'
import { verify } from '#kiosk/signing.ts'
import type { OpenStep } from '#kiosk/step.ts'
import { ownTurn } from '#process/own-turn.server.ts'
import { Refusal } from '#refusal.ts'

/** @throws Refusal `invalid` where it is malformed or was not signed by the kiosk that it names. */
export const hello: OpenStep = async ({ body }): Promise<HelloReply> => {
  const parsed = Hello.safeParse(body)
  if (!parsed.success) throw notUnderstood()
  const said = parsed.data
  const kiosk = await knownKiosk(said.kiosk)
  if (!kiosk || !(await verify(kiosk.key, said.signature, helloText(said)))) throw notUnderstood()
  if (kiosk.revokedAt) return bidFarewell(kiosk, said)
  const at = now()
  const contact = v7()
  const stored = await storeHello({ ...said, contact, server: at.getTime() })
  if (stored.is !== 'stored') return stored
  await ownTurn()
  return {
    is: 'welcome',
    contact,
    seq: stored.seq,
    at: at.toISOString(),
    token: tokenFor(kiosk.id),
    ...(await news(kiosk, said)),
  }
}

/** What is new for a kiosk. */
async function news(kiosk: Known, said: Hello) {
  const [sheet, pack, withdrawn] = await Promise.all([
    sheetOf(kiosk),
    packVersionFor(kiosk.playlist),
    withdrawnDocuments(),
  ])
  return { pack, sheet: sheet.version === said.sheet ? null : sheet, withdrawn }
}

/** A kiosk out of use that has nothing left says so by a hello without pack, sheet and queue; then it forgets its key. */
async function bidFarewell(kiosk: Known, said: Hello): Promise<HelloReply> {
  if (said.pack === null && said.sheet === null && said.queue === 0) await noteEmptied(kiosk.id)
  return { is: 'revoked' }
}

const notUnderstood = () =>
  new Refusal('invalid', '服务器认不出这台机器。', '请管理员看看它是否已经登记；没有就重新登记。')
