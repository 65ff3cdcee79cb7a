// What a screen is answered from its pack: what the manifest names, nothing that was withdrawn, nothing after its end.
import { expect, test } from 'vitest'
import { Contents } from '#kiosk/pack/contents.ts'
import {
  contentsAddress,
  contentsOf,
  findIn,
  packOf,
  partOf,
  replyWith,
} from '#kiosk/pack/worker/serve-pack.ts'
import { nothingKept, type Memory } from '#kiosk/pack/worker/shelf.ts'
import { packOfTexts } from './broken.ts'

const story = (id: string, picture: string | null = '/media/a.svg') => ({
  shown: {
    ...{ id, address: `/stories/${id}`, title: id, hall: '家风', path: '不想腐', summary: '', question: '' },
    ...{ attribution: 'certain', sources: [], picture, recording: null },
    ...{ text: `/kiosk/pack/text/${id}.html`, pinyin: `/kiosk/pack/pinyin/${id}.html` },
  },
  quotations: [{ text: `${id}的话`, source: '《书》', attribution: 'certain' }],
})
const outline = {
  ...{ title: '平日', stories: ['sto-a', 'sto-b'], lessons: [] },
  slots: [{ from: '06:00', to: '22:00', shows: [{ is: 'story' }, { is: 'quotation' }, { is: 'told' }] }],
}
const texts: Record<string, string> = {
  '/kiosk': '<p>屏幕</p>',
  '/kiosk/pack/outline.json': JSON.stringify(outline),
  '/kiosk/pack/game.json': '[]',
  '/kiosk/pack/part/sto-a.json': JSON.stringify(story('sto-a')),
  '/kiosk/pack/part/sto-b.json': JSON.stringify(story('sto-b')),
  '/kiosk/pack/text/sto-a.html': '<p>甲</p>',
  '/kiosk/pack/pinyin/sto-a.html': '<p>甲</p>',
}
const { manifest } = packOfTexts(texts)
const held = (more: Partial<Memory> = {}) =>
  packOf({ ...nothingKept, active: JSON.stringify(manifest), ...more })
const inTime = Date.parse('2026-11-20T00:00:00Z')
const end = Date.parse(manifest.expiresAt)
const read = async (path: string) => new Uint8Array(Buffer.from(texts[path] ?? ''))
const contents = async (more: Partial<Memory> = {}) =>
  Contents.parse(await (await contentsOf(held(more), read)).json())

test('only what the manifest names is answered, and nothing before there is a pack', () => {
  expect(findIn(held(), '/kiosk/pack/text/sto-a.html', inTime).is).toBe('entry')
  expect(findIn(held(), '/kiosk/pack/text/sto-z.html', inTime).is).toBe('unknown')
  expect(findIn(held(), '/me', inTime).is).toBe('unknown')
  expect(findIn(packOf(nothingKept), '/kiosk', inTime).is).toBe('unknown')
})

test('what was withdrawn is not shown any more, neither its text nor anything that names it', async () => {
  const pack = held({ withdrawn: ['sto-a'] })
  for (const path of ['text/sto-a.html', 'pinyin/sto-a.html', 'part/sto-a.json'])
    expect(findIn(pack, `/kiosk/pack/${path}`, inTime).is).toBe('gone')
  expect((await contents()).stories.map(({ id }) => id)).toEqual(['sto-a', 'sto-b'])
  const left = await contents({ withdrawn: ['sto-a'] })
  expect(JSON.stringify(left)).not.toContain('sto-a')
  expect(left.stories.map(({ id }) => id)).toEqual(['sto-b'])
})

test('after its end nothing of the pack is shown but the program that says so', () => {
  expect(findIn(held(), contentsAddress, end - 1).is).toBe('entry')
  expect(findIn(held(), contentsAddress, end).is).toBe('gone')
  expect(findIn(held(), '/kiosk/pack/text/sto-a.html', end).is).toBe('gone')
  expect(findIn(held(), '/kiosk', end).is).toBe('entry')
})

test('a clock that was moved by years ends no pack and keeps none: the last contact says how wrong it is', () => {
  const years = 5 * 365 * 86_400_000
  expect(findIn(held({ ahead: years }), contentsAddress, inTime + years).is).toBe('entry')
  expect(findIn(held({ ahead: -years }), contentsAddress, end - years).is).toBe('gone')
})

test('a page that runs still finds the program that it came with, but the texts of the newer pack', () => {
  const { manifest: last } = packOfTexts({ '/_astro/old.js': 'old', '/kiosk/pack/text/sto-a.html': '旧' })
  const before = last.entries.filter(({ path }) => path.startsWith('/_astro/'))
  expect(findIn(held({ before }), '/_astro/old.js', inTime).is).toBe('entry')
  const found = findIn(held({ before: last.entries }), '/kiosk/pack/text/sto-a.html', inTime)
  const [now] = manifest.entries.filter(({ path }) => path === '/kiosk/pack/text/sto-a.html')
  expect(found).toEqual({ is: 'entry', entry: now })
})

test('the page comes with its policy, and sound in the parts that are asked for', async () => {
  const [entry] = manifest.entries
  if (!entry) throw new Error('There is no entry.')
  const page = replyWith({ ...entry, policy: "default-src 'none'" }, await read('/kiosk'), null)
  expect(page.headers.get('content-security-policy')).toBe("default-src 'none'")
  const sound = new Uint8Array(Buffer.from('0123456789'))
  const part = partOf(sound, { 'Content-Type': 'audio/mpeg' }, 'bytes=2-4')
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
    206,
    'bytes 2-4/10',
    '234',
  ])
  expect(partOf(sound, {}, 'bytes=99-').status).toBe(416)
})

test('stories with pictures come in turn, and so do quotations; the hall’s own stories in every round', async () => {
  const [slot] = (await contents()).slots
  expect(slot?.shows).toEqual([
    { is: 'story', id: 'sto-a' },
    { is: 'quotation', index: 0 },
    { is: 'told' },
    { is: 'story', id: 'sto-b' },
    { is: 'quotation', index: 1 },
    { is: 'told' },
  ])
})
