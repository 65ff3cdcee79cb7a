// Takes entries in: over the line, by stick or by QR codes, repeated and in any order. Each is judged by itself, by the
// key of the kiosk that made it; what is stored is acknowledged, and brought where it belongs afterwards (settle).
import { inArray } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { write, type Database } from '#db/database.server.ts'
import { kioskEntry } from '#db/schema/kiosk.ts'
import { Entry, signedText } from '#kiosk/entry.ts'
import { knownKiosk } from '#kiosk/fleet/known.server.ts'
import { inTurn } from '#kiosk/intake/in-turn.ts'
import { settleSoon } from '#kiosk/intake/settle.server.ts'
import { EntriesAsk, type Taken } from '#kiosk/intake/taken.ts'
import { verify } from '#kiosk/signing.ts'
import type { OpenStep } from '#kiosk/step.ts'
import { Refusal } from '#refusal.ts'

type Via = 'line' | 'carried'
type Refused = Taken['refused'][number]

/** POST /kiosk/entries @throws Refusal `invalid`, or `busy` where nothing could be stored */
export const entries: OpenStep = async ({ body }): Promise<Taken> => {
  const asked = EntriesAsk.safeParse(body)
  if (!asked.success) throw new Refusal('invalid', '收到的内容不是大屏的记录。', '请更新大屏的程序后再试。')
  return takeEntries(asked.data.entries, 'line')
}

/**
 * Stores what of these are entries of our kiosks; the same one twice is stored once.
 * @returns what became of each that has an id, after the commit.
 * @throws Refusal `busy`
 */
export async function takeEntries(given: unknown[], via: Via): Promise<Taken> {
  const judged = await inTurn(given, judge)
  const refused = judged.filter((one) => one !== null && 'reason' in one)
  const good = judged.filter((one) => one !== null && 'entry' in one).map(({ entry }) => entry)
  const once = [...new Map(good.map((entry) => [entry.id, entry])).values()]
  if (once.length === 0) return { stored: [], refused }
  const taken = await write((tx) => store(tx, once, via))
  settleSoon()
  return { stored: taken.stored, refused: [...refused, ...taken.refused] }
}

/** An entry that may be stored, or why it may not; null for what has no id, or is of a screen that is not known here. */
async function judge(given: unknown): Promise<{ entry: Entry } | Refused | null> {
  const parsed = Entry.safeParse(given)
  if (!parsed.success) {
    const id = (given as { id?: unknown } | null)?.id
    return typeof id === 'string' && id.length <= 40 ? { id, reason: '内容不完整。' } : null
  }
  const entry = parsed.data
  const { id } = entry
  const kiosk = await knownKiosk(entry.kiosk)
  // Not refused: a server that was restored from an older backup knows it again later, and the screen must not throw away
  // what nobody stored.
  if (!kiosk) return null
  if (kiosk.revokedAt) return { id, reason: '这台大屏已经停用，它的记录不再收。' }
  const isSigned = await verify(kiosk.key, entry.signature, signedText(entry))
  return isSigned ? { entry } : { id, reason: '签名不对，内容可能被改过。' }
}

async function store(tx: Database, all: Entry[], via: Via): Promise<Taken> {
  const receivedAt = now().toISOString()
  const rows = all.map(({ id, kiosk, seq, contact, up, off, at, sealed }) => ({
    ...{ id, kioskId: kiosk, seq, contactId: contact, up, off, at, sealed },
    ...{ receivedAt, via, state: 'waiting' as const },
  }))
  const added = await tx
    .insert(kioskEntry)
    .values(rows)
    .onConflictDoNothing()
    .returning({ id: kioskEntry.id })
  const isAdded = new Set(added.map(({ id }) => id))
  const repeated = all.filter(({ id }) => !isAdded.has(id))
  const others = repeated.length > 0 ? await takenByOthers(tx, repeated) : new Set()
  return {
    stored: all.filter(({ id }) => !others.has(id)).map(({ id }) => id),
    refused: repeated
      .filter(({ id }) => others.has(id))
      .map(({ id }) => ({ id, reason: '编号和别的记录重复。' })),
  }
}

/** Of entries whose ids were there already: those that are another entry. */
async function takenByOthers(tx: Database, repeated: Entry[]): Promise<Set<string>> {
  const there = await tx
    .select({ id: kioskEntry.id, kiosk: kioskEntry.kioskId, seq: kioskEntry.seq })
    .from(kioskEntry)
    .where(
      inArray(
        kioskEntry.id,
        repeated.map(({ id }) => id),
      ),
    )
  const byId = new Map(there.map((one) => [one.id, one]))
  const isOther = ({ id, kiosk, seq }: Entry) => byId.get(id)?.kiosk !== kiosk || byId.get(id)?.seq !== seq
  return new Set(repeated.filter(isOther).map(({ id }) => id))
}
