import { beforeAll, expect, test } from 'vitest'
import { setClock } from '#clock.server.ts'
import { read, write } from '#db/database.server.ts'
import { hallSession } from '#db/schema/hall.ts'
import { kiosk } from '#db/schema/kiosk.ts'
import { unit } from '#db/schema/people.ts'
import { buildCounty } from '#demo/county.ts'
import { demoYear } from '#demo/calendar.ts'
import { enterHalls } from '#demo/halls.server.ts'
import { inventPeople } from '#demo/people.ts'
import { silenceOf } from '#kiosk/fleet/health.ts'
import { noticesFor } from '#kiosk/fleet/notices.server.ts'
import { importPublic } from '#kiosk/signing.ts'
import { freshDatabase } from '../support/database.ts'

freshDatabase()

const at = new Date('2026-11-27T02:00:00.000Z')
const county = buildCounty(0)
beforeAll(async () => {
  setClock(() => at)
  await write((tx) =>
    tx.insert(unit).values(county.units.map((one) => ({ ...one, createdAt: at.toISOString() }))),
  )
  await enterHalls({ county, people: inventPeople(county, demoYear('2026-11-27')) })
})

test('the demo shows a screen that was met today and one that has been silent for nine days, with keys that are keys', async () => {
  const screens = await read.select().from(kiosk)
  const silences = screens.map(({ helloAt }) => silenceOf(helloAt, at.getTime()))
  expect(silences.toSorted()).toEqual(['near', 'orange'])
  for (const { publicKey } of screens) await expect(importPublic(publicKey)).resolves.toBeDefined()
})

test('every hall of the demo is told of the notice, and one has a session planned', async () => {
  for (const village of county.townships.flatMap(({ villages }) => villages))
    expect(await noticesFor(village.id, '2026-11-27')).toHaveLength(1)
  const [session] = await read.select().from(hallSession)
  expect(session).toMatchObject({ state: 'planned', unitId: county.townships[0]?.villages[0]?.id })
})
