// A pack on its way into a hall, while everything breaks that can break there.
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { partBytes } from '#kiosk/pack/worker/install-pack.ts'
import { makeSigningPair, publicOf } from '#kiosk/signing.ts'
import { install, isWhole, packOfTexts, serverOf, shelfInMemory, shownVersion } from './broken.ts'

const texts = (changed = '') =>
  Object.fromEntries(
    Array.from({ length: 200 }, (_, i) => [
      `/kiosk/pack/text/${i}.html`,
      `第${i}课${i === 7 ? changed : ''}`,
    ]),
  )
const older = packOfTexts({ '/kiosk': '<p>旧</p>', '/_astro/old.js': 'old', ...texts() })
const newer = packOfTexts({ '/kiosk': '<p>新</p>', '/_astro/new.js': 'new', ...texts('改了') })
const recording = randomBytes(3 * partBytes + 17)
const large = packOfTexts({ '/kiosk': '<p>大</p>', '/media/a.mp3': recording })

/** A hall that has the older pack, and a server that has the newer one by now. */
async function hallWithOlder() {
  const first = await serverOf(older)
  const shelf = shelfInMemory()
  await install(first.wanted(), shelf, first.line)
  const { server, line } = first
  server.pack = newer
  server.asked.length = 0
  return { server, line, shelf }
}

describe('a pack comes in', () => {
  test('it is shown once all of it is there, and the hall hears how far it is', async () => {
    const { wanted, line } = await serverOf(older)
    const shelf = shelfInMemory()
    const told = await install(wanted(), shelf, line)
    expect(told.at(-1)).toEqual({ is: 'installed', version: older.manifest.version })
    const done = told.flatMap((one) => (one.is === 'more' ? [one.done] : []))
    expect(done.length).toBeGreaterThan(1)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    expect(done.at(-1)).toBe(older.manifest.bytes)
    expect(isWhole(shelf)).toBe(true)
  })

  test('of a newer one only what changed is fetched, and what no pack needs is thrown away', async () => {
    const { server, line, shelf } = await hallWithOlder()
    await install(server.wanted(), shelf, line)
    expect(shownVersion(shelf)).toBe(newer.manifest.version)
    // The manifest, the page, its program and one lesson.
    expect(server.asked).toHaveLength(4)
    const kept = new Set(newer.manifest.entries.map(({ hash }) => hash))
    const others = [...shelf.bytes.keys()].filter((hash) => !kept.has(hash))
    // A page that runs may still ask for the program that it came with; nothing else of the older pack stays.
    expect(others).toEqual(
      older.manifest.entries.filter(({ path }) => path === '/_astro/old.js').map(({ hash }) => hash),
    )
    expect(shelf.memory().before.map(({ path }) => path)).toEqual(['/_astro/old.js'])
  })

  test('a pack that has not changed is given a new date without fetching any of it', async () => {
    const { server, line, shelf } = await hallWithOlder()
    const later = { ...older.manifest, expiresAt: '2027-01-30T00:00:00.000Z' }
    server.pack = { ...older, manifest: later }
    await install(server.wanted(), shelf, line)
    expect(server.asked).toEqual(['manifest'])
    expect(JSON.parse(shelf.memory().active ?? '')).toEqual(later)
  })

  test('a long recording comes in parts, and a line that breaks off costs one of them', async () => {
    const { server, line } = await serverOf(large)
    const shelf = shelfInMemory()
    for (let tries = 0; shownVersion(shelf) === null; tries++) {
      expect(tries).toBeLessThan(10)
      server.left = 2
      await install(server.wanted(), shelf, line)
    }
    expect(new Set(server.asked).size).toBe(server.asked.length)
    const entry = large.manifest.entries.find(({ path }) => path.endsWith('.mp3'))
    expect(Buffer.from(shelf.bytes.get(entry?.hash ?? '') ?? '')).toEqual(recording)
    expect([...shelf.bytes.keys()].filter((name) => name.includes('.'))).toEqual([])
  })
})

describe('whatever breaks, the older pack stays until the newer one is whole', () => {
  test('the line is cut after every single request', async () => {
    const { server, line, shelf } = await hallWithOlder()
    server.left = 0
    for (let tries = 0; shownVersion(shelf) !== newer.manifest.version; tries++) {
      expect(tries).toBeLessThan(10)
      const [last] = (await install(server.wanted(), shelf, line)).slice(-1)
      if (last?.is === 'failed') expect(last.why).toBe('unreachable')
      expect(isWhole(shelf)).toBe(true)
      server.left = 1
    }
    // Nothing came twice.
    expect(new Set(server.asked).size).toBe(server.asked.length)
  })

  test('the browser stops the worker before every single change, and it goes on where it was', async () => {
    for (let stop = 0; ; stop++) {
      const { server, line, shelf } = await hallWithOlder()
      let changes = 0
      shelf.before = () => {
        if (changes++ === stop) throw new Error('stopped')
      }
      const stopped = await install(server.wanted(), shelf, line).then(
        () => false,
        () => true,
      )
      expect(isWhole(shelf)).toBe(true)
      shelf.before = () => undefined
      await install(server.wanted(), shelf, line)
      expect(shownVersion(shelf)).toBe(newer.manifest.version)
      expect(isWhole(shelf)).toBe(true)
      expect(shelf.bytes.size).toBe(newer.manifest.entries.length + 1)
      if (!stopped) break
    }
  })

  test('bytes that are not those of the manifest are not kept', async () => {
    const { server, line, shelf } = await hallWithOlder()
    server.spoil = (bytes) => Buffer.concat([bytes, Buffer.from(' ')])
    expect((await install(server.wanted(), shelf, line)).at(-1)).toEqual({ is: 'failed', why: 'damaged' })
    expect(shownVersion(shelf)).toBe(older.manifest.version)
    expect(shelf.bytes.size).toBe(older.manifest.entries.length)
    server.spoil = (bytes) => bytes
    expect((await install(server.wanted(), shelf, line)).at(-1)?.is).toBe('installed')
  })

  test('one wrong byte in a part of a recording is noticed, and the recording is fetched anew', async () => {
    const { server, line } = await serverOf(large)
    const shelf = shelfInMemory()
    server.spoil = (bytes) => Buffer.concat([bytes.subarray(0, -1), Buffer.from([(bytes.at(-1) ?? 0) ^ 1])])
    for (let tries = 0; tries < 6; tries++) await install(server.wanted(), shelf, line)
    expect(shownVersion(shelf)).toBeNull()
    server.spoil = (bytes) => bytes
    for (let tries = 0; tries < 6; tries++) await install(server.wanted(), shelf, line)
    expect(shownVersion(shelf)).toBe(large.manifest.version)
  })

  test('a manifest that was changed, or that another server signed, is not taken up', async () => {
    const { server, line, shelf } = await hallWithOlder()
    server.forge = true
    expect((await install(server.wanted(), shelf, line)).at(-1)).toEqual({ is: 'failed', why: 'forged' })
    server.forge = false
    const stranger = await publicOf(await makeSigningPair(false))
    const strange = { ...server.wanted(), key: stranger }
    expect((await install(strange, shelf, line)).at(-1)).toEqual({ is: 'failed', why: 'forged' })
    expect(shownVersion(shelf)).toBe(older.manifest.version)
    expect(shelf.memory().next).toBeNull()
  })

  test('a manifest of another playlist is not taken up, though the server signed it', async () => {
    const { server, line, shelf } = await hallWithOlder()
    server.pack = packOfTexts({ '/kiosk': '别处' }, 'elsewhere')
    const wanted = { ...server.wanted(), version: newer.manifest.version }
    expect((await install(wanted, shelf, line)).at(-1)).toEqual({ is: 'failed', why: 'forged' })
  })

  test('where there is no room it says so, and goes on when there is', async () => {
    const { server, line, shelf } = await hallWithOlder()
    const used = [...shelf.bytes.values()].reduce((sum, { length }) => sum + length, 0)
    shelf.room = used + 5
    expect((await install(server.wanted(), shelf, line)).at(-1)).toEqual({ is: 'failed', why: 'full' })
    expect(shownVersion(shelf)).toBe(older.manifest.version)
    expect(isWhole(shelf)).toBe(true)
    shelf.room = Infinity
    expect((await install(server.wanted(), shelf, line)).at(-1)?.is).toBe('installed')
  })

  test('when the server has another pack in the middle, the hall gets that one', async () => {
    const { server, line, shelf } = await hallWithOlder()
    server.left = 2
    await install(server.wanted(), shelf, line)
    const newest = packOfTexts({ '/kiosk': '<p>更新</p>', ...texts('又改了') })
    const wanted = server.wanted()
    server.pack = newest
    server.left = Infinity
    expect((await install(wanted, shelf, line)).at(-1)).toEqual({ is: 'failed', why: 'refused' })
    expect((await install(server.wanted(), shelf, line)).at(-1)).toEqual({
      is: 'installed',
      version: newest.manifest.version,
    })
    expect(isWhole(shelf)).toBe(true)
  })
})
