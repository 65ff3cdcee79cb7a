import { beforeAll, expect, test } from 'vitest'
import { setClock } from '#clock.server.ts'
import { read, write } from '#db/database.server.ts'
import { kiosk, kioskContact, kioskEntry } from '#db/schema/kiosk.ts'
import { document } from '#db/schema/library.ts'
import { audit } from '#db/schema/people.ts'
import { contactsOf, entriesOf, listFleet, listRevoked, lookAtKiosk } from '#kiosk/fleet/list-fleet.server.ts'
import { setPlaylist } from '#kiosk/fleet/set-playlist.server.ts'
import { usePlaylists } from '#kiosk/pack/playlists.server.ts'
import { eq } from 'drizzle-orm'
import { join } from 'node:path'
import { plantCounty } from '../../people/roster/county.ts'
import { freshDatabase } from '../../support/database.ts'

freshDatabase()

const at = '2026-11-27T02:00:00.000Z'
const daysAgo = (days: number) => new Date(Date.parse(at) - days * 86_400_000).toISOString()
let place: Awaited<ReturnType<typeof plantCounty>>
beforeAll(async () => {
  place = await plantCounty()
  setClock(() => new Date(at))
  usePlaylists(join(import.meta.dirname, '..', '..', '..', 'content'))
  const many = Array.from({ length: 60 }, (_, i) =>
    row(`near-${i}`, place.shuikou.id, { helloAt: daysAgo(1) }),
  )
  await write((tx) =>
    tx
      .insert(kiosk)
      .values([
        ...many,
        row('quiet', place.yunling.id, { helloAt: daysAgo(3) }),
        row('silent', place.yunling.id, { helloAt: daysAgo(9), queue: 12 }),
        row('lost', place.baishi.id, { helloAt: daysAgo(30) }),
        row('new', place.yunling.id, { pack: null }),
        row('stolen', place.yunling.id, { helloAt: daysAgo(9), revokedAt: daysAgo(2) }),
      ]),
  )
})

const row = (id: string, unitId: string, more: Partial<typeof kiosk.$inferInsert>) => ({
  ...{ id, unitId, name: id, playlist: 'county', enrolledAt: daysAgo(60), enrolledBy: 'x', pack: 'v1' },
  ...{ publicKey: { kty: 'EC', crv: 'P-256', x: id, y: id } as const },
  ...more,
})
const namesIn = async (filter: Partial<Parameters<typeof listFleet>[1]>) =>
  (await listFleet(place.system, { page: 1, ...filter })).screens.map(({ name }) => name)

test('an administrator sees how many screens are silent, and finds them by kind and unit', async () => {
  const fleet = await listFleet(place.system, { page: 1 })
  expect(fleet).toMatchObject({ all: 64, silent: { yellow: 1, orange: 1, red: 1, never: 1 } })
  expect(await namesIn({ state: 'orange' })).toEqual(['silent'])
  expect(await namesIn({ state: 'queue' })).toEqual(['silent'])
  expect(await namesIn({ unitPath: place.yunling.path })).toEqual(['new', 'quiet', 'silent'])
  expect(await namesIn({ unitPath: place.baishi.path, state: 'never' })).toEqual(['new'])
})

test('many screens come on several pages, each once', async () => {
  const { pages } = await listFleet(place.system, { page: 1 })
  expect(pages).toBe(2)
  const names = [...(await namesIn({ page: 1 })), ...(await namesIn({ page: 2 }))]
  expect([names.length, new Set(names).size]).toEqual([64, 64])
})

test('the administrator of a township sees its screens only, and opens no other', async () => {
  const own = await listFleet(place.baishiSystem, { page: 1 })
  expect(own.all).toBe(4)
  await expect(lookAtKiosk(place.baishiSystem, 'near-1')).rejects.toMatchObject({ kind: 'not-yours' })
  await expect(
    setPlaylist(place.baishiSystem, { kiosk: 'near-1', playlist: 'county' }),
  ).rejects.toMatchObject({
    kind: 'not-yours',
  })
})

test('a screen out of use stands apart', async () => {
  expect((await listRevoked(place.system)).map(({ name }) => name)).toEqual(['stolen'])
  expect(await namesIn({ unitPath: place.yunling.path })).not.toContain('stolen')
})

test('after a withdrawal the administrator sees how many screens may still show it', async () => {
  expect((await listFleet(place.system, { page: 1 })).withdrawal).toBeNull()
  await write((tx) =>
    tx.insert(document).values({
      ...{ id: 'sto-x', kind: 'story', slug: 'stories/x', position: 1, withdrawnAt: daysAgo(2) },
      withdrawnReason: '引错了话',
    }),
  )
  const { withdrawal } = await listFleet(place.system, { page: 1 })
  expect(withdrawal).toMatchObject({ at: daysAgo(2), missing: 3 })
  expect(await namesIn({ state: 'missed-withdrawal' })).toEqual(['lost', 'quiet', 'silent'])
})

test('another playlist is one that there is, and is noted', async () => {
  const wrong = setPlaylist(place.system, { kiosk: 'quiet', playlist: 'nothing' })
  await expect(wrong).rejects.toMatchObject({ field: 'playlist', message: '没有这份播放单。' })
  await setPlaylist(place.system, { kiosk: 'quiet', playlist: 'jiafeng-yewan' })
  expect(await lookAtKiosk(place.system, 'quiet')).toMatchObject({
    playlist: 'jiafeng-yewan',
    silence: 'yellow',
  })
  const [act] = await read.select().from(audit).where(eq(audit.target, 'quiet'))
  expect(act).toMatchObject({ act: 'kiosk-playlist-set', detail: { playlist: 'jiafeng-yewan' } })
  const revoked = setPlaylist(place.system, { kiosk: 'stolen', playlist: 'county' })
  await expect(revoked).rejects.toMatchObject({ kind: 'closed' })
})

test('of what a screen sent only numbers and reasons are seen, and its last ten contacts', async () => {
  const entry = (id: string, state: 'settled' | 'waiting' | 'refused', reason: string | null = null) => ({
    ...{
      id,
      kioskId: 'silent',
      seq: 1,
      contactId: 'c',
      up: 0,
      off: 0,
      at,
      receivedAt: at,
      via: 'line' as const,
    },
    ...{ sealed: null, state, reason },
  })
  const contacts = Array.from({ length: 12 }, (_, i) => ({
    ...{
      id: `c${i}`,
      kioskId: 'silent',
      at: Date.parse(daysAgo(20 - i)),
      heard: null,
      seq: i >> 2,
      up: 0,
      off: 0,
    },
  }))
  await write(async (tx) => {
    await tx
      .insert(kioskEntry)
      .values([
        entry('1', 'settled'),
        entry('2', 'settled'),
        entry('3', 'waiting'),
        entry('4', 'refused', 'PIN不对。'),
        entry('5', 'refused', 'PIN不对。'),
      ])
    await tx.insert(kioskContact).values(contacts)
  })
  expect(await entriesOf('silent')).toEqual({
    ...{ settled: 2, waiting: 1, refused: 2 },
    reasons: [{ reason: 'PIN不对。', entries: 2 }],
  })
  const met = (await contactsOf('silent')).map((one) => new Date(one.at).toISOString())
  expect(met).toEqual(Array.from({ length: 10 }, (_, i) => daysAgo(9 + i)))
})
