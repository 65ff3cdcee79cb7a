// Family stories that were told at a screen: kept for review once everything of one has come, its voice in parts included.
import { and, eq, isNotNull } from 'drizzle-orm'
import { read, write } from '#db/database.server.ts'
import { kiosk as screen, kioskEntry } from '#db/schema/kiosk.ts'
import { toldStory } from '#db/schema/village.ts'
import type { EntryBody, BodyOf } from '#kiosk/entry-body.ts'
import { unsealingKey } from '#kiosk/fleet/keys.server.ts'
import { openEntry } from '#kiosk/intake/open-entry.server.ts'
import type { Settle, Settled } from '#kiosk/intake/settled.ts'
import { consentVersions } from '#kiosk/visitor/consent.ts'
import { takeVoice, type Voice } from '#kiosk/visitor/take-voice.server.ts'
import { joinVoice } from '#kiosk/visitor/voice.ts'

type Story = BodyOf<'story-told'>

/** A story waits for the parts of its voice. */
export const settleStoryTold: Settle<'story-told'> = ({ id, kiosk, at, body }) =>
  settleWhole({ id, kiosk, at, body })

/** A part waits for its story and for the others; the last to come brings them all together. */
export const settleVoicePart: Settle<'voice-part'> = async ({ kiosk, body: { story: id } }) => {
  const ofScreen = and(eq(kioskEntry.id, id), eq(kioskEntry.kioskId, kiosk))
  const [row] = await read.select().from(kioskEntry).where(ofScreen)
  if (row?.state === 'refused') return { state: 'refused', reason: '它所属的故事没有收下。', about: id }
  if (row?.state === 'settled') return { state: 'settled', about: id }
  const body = row?.toAt ? await openEntry(await unsealingKey(), row) : null
  // The story itself has not come, or its own turn has not.
  if (!row?.toAt || !isStory(body)) return { state: 'waiting', about: id }
  return settleWhole({ id, kiosk, at: row.toAt, body })
}

const isStory = (body: EntryBody | string | null): body is Story =>
  body !== null && typeof body !== 'string' && body.kind === 'story-told'

type Told = { id: string; kiosk: string; at: number; body: Story }

async function settleWhole(told: Told): Promise<Settled> {
  const { id, kiosk, body } = told
  const [known] = await read.select({ id: toldStory.id }).from(toldStory).where(eq(toldStory.id, id))
  if (known) return { state: 'settled', about: id }
  const reason = whyNot(body)
  if (reason) return { state: 'refused', reason, about: id }
  if (body.voice === null) return store(told, null)
  const parts = await partsOf(id, kiosk, body.voice.parts)
  if (parts === 'too many')
    return { state: 'refused', reason: '录音的段数和说的不一样，没有收下。', about: id }
  if (!parts) return { state: 'waiting', about: id }
  const bytes = joinVoice(parts, body.voice.parts)
  return store(told, bytes ? await takeVoice(bytes, body.voice) : 'unreadable')
}

function whyNot({ consent, voice, text }: Story): string | null {
  if (!consentVersions.includes(consent)) return '讲的人没有看到现在的说明，没有收下。'
  return voice === null && text.trim() === '' ? '里面没有内容，没有收下。' : null
}

/** The parts of a voice by number, or null if not all have come. They are opened once, when the last is there. */
async function partsOf(
  id: string,
  kioskId: string,
  count: number,
): Promise<Map<number, string> | 'too many' | null> {
  const isPart = and(
    eq(kioskEntry.kioskId, kioskId),
    eq(kioskEntry.about, id),
    eq(kioskEntry.kind, 'voice-part'),
    isNotNull(kioskEntry.sealed),
  )
  const there = await read.$count(kioskEntry, isPart)
  if (there !== count) return there < count ? null : 'too many'
  const rows = await read
    .select({ id: kioskEntry.id, sealed: kioskEntry.sealed })
    .from(kioskEntry)
    .where(isPart)
  const key = await unsealingKey()
  const parts = new Map<number, string>()
  for (const row of rows) {
    const body = await openEntry(key, row)
    if (typeof body !== 'string' && body.kind === 'voice-part') parts.set(body.part, body.bytes)
  }
  return parts.size < count ? null : parts
}

async function store({ id, kiosk, at, body }: Told, voice: Voice | 'unreadable' | null): Promise<Settled> {
  const [home] = await read.select({ unitId: screen.unitId }).from(screen).where(eq(screen.id, kiosk))
  if (!home) throw new Error(`There is no kiosk ${kiosk}.`)
  const { title, teller, text, consent } = body
  const sound = voice === 'unreadable' ? null : voice
  const isEmpty = sound === null && text.trim() === ''
  const said = isEmpty
    ? { ...{ title: '', teller: '', text: '' }, state: 'declined' as const, reason: '录音坏了，打不开。' }
    : { ...{ title, teller, text }, state: 'waiting' as const }
  await write((tx) =>
    tx
      .insert(toldStory)
      .values({
        ...{ id, kioskId: kiosk, unitId: home.unitId, consent, at: new Date(at).toISOString() },
        ...{ voice: sound?.stored ?? null, seconds: sound?.seconds ?? null },
        ...said,
      })
      .onConflictDoNothing(),
  )
  return { state: 'settled', about: id }
}
