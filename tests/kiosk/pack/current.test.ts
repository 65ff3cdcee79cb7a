// How packs stay up to date, and how kiosks get them over the line.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { now, setClock } from '#clock.server.ts'
import { importLibrary } from '#course/import.server.ts'
import { libraryChanged } from '#course/library-change.server.ts'
import { write } from '#db/database.server.ts'
import { kiosk } from '#db/schema/kiosk.ts'
import { document } from '#db/schema/library.ts'
import { unit } from '#db/schema/people.ts'
import { demoSettings } from '#env.ts'
import { publicKeys } from '#kiosk/fleet/keys.server.ts'
import { tokenFor } from '#kiosk/fleet/token.server.ts'
import {
  describePacks,
  keepPacks,
  packsAreBuilt,
  packVersionFor,
  signedManifest,
} from '#kiosk/pack/current.server.ts'
import { Manifest, SignedManifest } from '#kiosk/pack/manifest.ts'
import { usePlaylists } from '#kiosk/pack/playlists.server.ts'
import { packRoutes } from '#kiosk/pack/serve.server.ts'
import { fileOfEntry } from '#kiosk/pack/store.server.ts'
import { importPublic, verify } from '#kiosk/signing.ts'
import { openFrontDoor } from '#process/front-door.server.ts'
import { eq } from 'drizzle-orm'
import { contentDir } from '../../record/published-rules.ts'
import { freshDatabase } from '../../support/database.ts'
import { listenHere, type Listening } from '../../support/http.ts'
import { plainPages, program } from './plain-pages.ts'

const place = freshDatabase()
const day = 86_400_000
let at = Date.parse('2026-11-27T08:10:00Z')
let stop = async () => undefined as void
let here: Listening
const start = () =>
  (stop = keepPacks({ dataDir: place.dataDir, pages: plainPages, openItems: async () => [] }))

beforeAll(async () => {
  setClock(() => new Date(at))
  await importLibrary({ contentDir, dataDir: place.dataDir })
  usePlaylists(contentDir)
  await write(async (tx) => {
    const own = { id: 'unit', path: '/unit/', name: '青溪村', kind: 'village', createdAt: '2026' } as const
    await tx.insert(unit).values(own)
    const publicKey = { kty: 'EC', crv: 'P-256', x: '', y: '' } as const
    const screen = { id: 'screen', unitId: 'unit', name: '村部', publicKey, playlist: 'county' }
    await tx.insert(kiosk).values({ ...screen, enrolledAt: '2026', enrolledBy: 'x' })
  })
  let door = openFrontDoor(demoSettings({}), [])
  here = await listenHere((req, res) => void door(req, res))
  door = openFrontDoor({ ...demoSettings({}), origin: here.origin }, [packRoutes(place.dataDir)])
})
beforeEach(() => void start())
afterEach(() => stop())
afterAll(async () => {
  setClock(() => new Date())
  await here.close()
})

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${here.origin}/kiosk/pack/${path}`, { headers: { 'x-kiosk': tokenFor('screen'), ...headers } })

async function current(playlist = 'county'): Promise<Manifest> {
  await packVersionFor(playlist)
  await packsAreBuilt()
  return Manifest.parse(JSON.parse((await signedManifest(playlist))?.manifest ?? ''))
}

describe('a pack is current', () => {
  test('once it was built in the background; until then the hall keeps what it has', async () => {
    expect(await packVersionFor('county')).toBeNull()
    await packsAreBuilt()
    expect(await packVersionFor('county')).toMatch(/^county\.[0-9a-f]{32}$/)
    const [described] = await describePacks()
    expect(described).toMatchObject({ playlist: 'county', title: '平日', leftOut: [] })
    expect(described?.stories).toBe(12)
  })

  test('at once when the process starts again', async () => {
    expect(await packVersionFor('county')).not.toBeNull()
  })

  test('for a playlist that is no longer there the common one', async () => {
    const { playlist } = await current('gone-by-now')
    expect(playlist).toBe('county')
  })

  test('until the library changes: then the next one takes its place', async () => {
    const { version } = await current()
    await write((tx) =>
      tx.update(document).set({ withdrawnAt: '2026-11-27' }).where(eq(document.id, 'sto-juan')),
    )
    libraryChanged('sto-juan')
    await expect.poll(() => packVersionFor('county'), { timeout: 20_000 }).not.toBe(version)
    const { entries } = await current()
    expect(entries.filter(({ path }) => path.includes('sto-juan'))).toEqual([])
  })

  test('for 45 days from the hour in which it is asked for, so that what did not change does not end', async () => {
    const first = await current()
    expect(Date.parse(first.expiresAt) - Date.parse(first.builtAt)).toBe(45 * day)
    at += 10 * day
    const later = await current()
    expect(later.version).toBe(first.version)
    expect(Date.parse(later.expiresAt) - Date.parse(first.expiresAt)).toBe(10 * day)
  })

  test('an older one is kept for two days, for halls that are in the middle of it', async () => {
    const before = await current()
    const [alone] = before.entries.filter(({ path }) => path === '/_astro/Loop.js')
    program['/_astro/Loop.js'] = 'export const changed = true'
    const rebuild = async () => {
      at += 2 * 3_600_000
      return current()
    }
    const after = await rebuild()
    expect(after.version).not.toBe(before.version)
    const file = fileOfEntry(place.dataDir, alone?.hash ?? '')
    expect(existsSync(file)).toBe(true)
    at += 3 * day
    program['/_astro/Loop.js'] = 'export const changed = 2'
    await rebuild()
    expect(existsSync(file)).toBe(false)
    for (const { hash, path } of after.entries)
      if (!path.startsWith('/media/')) expect(existsSync(fileOfEntry(place.dataDir, hash))).toBe(true)
    expect(readdirSync(join(place.dataDir, 'packs', 'manifests')).length).toBeGreaterThan(1)
  })
})

describe('over the line', () => {
  test('a kiosk gets the manifest, signed by the server', async () => {
    await current()
    const { manifest, signature } = SignedManifest.parse(await (await get('county/manifest')).json())
    const key = await importPublic((await publicKeys()).signing)
    expect(await verify(key, signature, manifest)).toBe(true)
    expect(await verify(key, signature, manifest.replace('county', 'countx'))).toBe(false)
  })

  test('and everything that it names, byte for byte, compressed where it is text', async () => {
    const { entries } = await current()
    for (const { path, hash, bytes } of entries) {
      const extension = path.startsWith('/media/') ? path.slice(path.lastIndexOf('.')) : ''
      const reply = await get(`entry/${hash}${extension}`, { 'Accept-Encoding': 'br' })
      const body = Buffer.from(await reply.arrayBuffer())
      expect([path, reply.status, body.length]).toEqual([path, 200, bytes])
      if (path.endsWith('.html')) expect(reply.headers.get('content-encoding')).toBe('br')
    }
  })

  test('a part of a recording, where the rest is there already', async () => {
    const { entries } = await current()
    const [long] = entries.toSorted((a, b) => b.bytes - a.bytes)
    const name = `${long?.hash}${long?.path.startsWith('/media/') ? '.svg' : ''}`
    const whole = Buffer.from(await (await get(`entry/${name}`)).arrayBuffer())
    const part = await get(`entry/${name}`, { Range: 'bytes=100-199' })
    expect(part.status).toBe(206)
    expect(Buffer.from(await part.arrayBuffer())).toEqual(whole.subarray(100, 200))
  })

  test('nobody else gets anything, and what is in no pack is not there', async () => {
    const { entries } = await current()
    for (const path of ['county/manifest', `entry/${entries[0]?.hash}`])
      for (const token of ['', 'screen.9999999999999.forged']) {
        const reply = await get(path, { 'x-kiosk': token })
        expect(reply.status).toBe(401)
        expect(await reply.json()).toMatchObject({ message: '这台机器要先和服务器联系一次。' })
      }
    expect((await get(`entry/${randomBytes(32).toString('hex')}`)).status).toBe(404)
    expect((await get('entry/../../lock.db')).status).toBe(404)
    expect(now().getTime()).toBe(at)
  })
})
