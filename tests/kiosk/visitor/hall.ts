// A village with a screen, and what its villagers would have left there.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { eq } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { kioskEntry } from '#db/schema/kiosk.ts'
import { toldStory } from '#db/schema/village.ts'
import { settings, useSettings } from '#env.ts'
import type { Entry } from '#kiosk/entry.ts'
import type { BodyOf } from '#kiosk/entry-body.ts'
import { entriesSettled } from '#kiosk/intake/settle.server.ts'
import { consentVersion } from '#kiosk/visitor/consent.ts'
import { cutVoice } from '#kiosk/visitor/voice.ts'
import { refusal } from '../../people/house.ts'
import { plantCounty } from '../../people/roster/county.ts'
import { askHere, enrolKiosk, entryOf, sayHello, type TestKiosk } from '../../support/kiosk.ts'

/** A folder for media, and the county with a screen in 云岭村. */
export function hall() {
  const dataDir = mkdtempSync(join(tmpdir(), 'lianxue-'))
  const here = { dataDir } as {
    dataDir: string
    place: Awaited<ReturnType<typeof plantCounty>>
    screen: TestKiosk
  }
  beforeAll(async () => {
    mkdirSync(join(dataDir, 'media'))
    useSettings({ ...settings, dataDir })
    here.place = await plantCounty()
    here.screen = await enrolKiosk({ unit: here.place.yunling.id, name: '村部大厅' })
    await sayHello(here.screen)
  })
  afterAll(() => rmSync(dataDir, { recursive: true }))
  return here
}

type Said = Partial<Omit<BodyOf<'story-told'>, 'kind' | 'voice'>>

/** The entries of a told story, its voice in parts. */
export async function tell(screen: TestKiosk, said: Said = {}, voice?: Uint8Array): Promise<Entry[]> {
  const parts = voice ? cutVoice(voice) : []
  const story = await entryOf(screen, {
    ...{ kind: 'story-told', title: '奶奶的记账本', teller: '张大娘', consent: consentVersion },
    text: voice ? '' : '账上有一个圈没有打叉。',
    voice: voice ? { type: 'audio/webm;codecs=opus', parts: parts.length, seconds: 60 } : null,
    ...said,
  })
  const rest = await Promise.all(
    parts.map((bytes, part) => entryOf(screen, { kind: 'voice-part', story: story.id, part, bytes })),
  )
  return [story, ...rest]
}

/** Sends entries as a line would, and waits until they are where they belong. */
export async function arrive(entries: Entry[]) {
  await askHere('entries', { entries })
  await entriesSettled()
}

export async function storyOf(id: string) {
  return (await read.select().from(toldStory).where(eq(toldStory.id, id)))[0]
}

export async function statesOf(entries: Entry[]) {
  const rows = await read.select().from(kioskEntry)
  return entries.map(({ id }) => rows.find((row) => row.id === id)?.state)
}

export async function reasonOf({ id }: Entry) {
  return (await read.select().from(kioskEntry).where(eq(kioskEntry.id, id)))[0]?.reason
}

/** Which kind of refusal it is. */
export const kindOf = async (act: Promise<unknown>) => (await refusal(act)).kind
