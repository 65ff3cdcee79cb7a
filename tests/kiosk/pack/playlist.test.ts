// What a county may write into content/playlists, and what it hears when something is wrong.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkLibrary } from '#course/check-library.server.ts'
import { describeProblem } from '#course/problem.ts'
import { leaveOut, type Piece } from '#kiosk/pack/fit.ts'
import { checkPlaylists, knownPlaylists, playlistFor, usePlaylists } from '#kiosk/pack/playlists.server.ts'
import { contentDir } from '../../record/published-rules.ts'

const good = `id: county
title: 平日
stories: all
lessons: [lsn-sizhi]
slots:
  - from: '06:00'
    to: '22:00'
    days: [6, 7]
    shows:
      - is: story
      - is: quotation
        of: lsn-sizhi
`
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lianxue-playlists-'))
  mkdirSync(join(folder, 'playlists'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const known = new Set(['lsn-sizhi', 'sto-hepu'])
function check(text: string, name = 'county') {
  writeFileSync(join(folder, 'playlists', `${name}.yaml`), text)
  return checkPlaylists(folder, known).problems.map(describeProblem)
}

test('what comes with the product is right, and shows only what is in its library', async () => {
  const { candidates } = await checkLibrary(contentDir)
  const { playlists, problems } = checkPlaylists(contentDir, new Set(candidates.map(({ id }) => id)))
  expect(problems).toEqual([])
  expect(playlists.map(({ id }) => id)).toEqual(['county', 'jiafeng-yewan'])
})

describe('a mistake is said with its place and its mend', () => {
  test('a good one has none', () => {
    expect(check(good)).toEqual([])
  })

  const mistakes: [what: string, text: string, said: RegExp][] = [
    [
      'a document that is not there',
      good.replace('[lsn-sizhi]', '[lsn-sizhi, lsn-meiyou]'),
      /没有 lsn-meiyou。改成已有/,
    ],
    ['a time that is none', good.replace("'22:00'", "'25:00'"), /第7行.*24:00/],
    ['an end before the beginning', good.replace("'22:00'", "'05:00'"), /第7行.*到点要晚于起点/],
    ['a day that is none', good.replace('[6, 7]', '[0]'), /第8行/],
    ['something unknown to show', good.replace('is: story', 'is: film'), /第10行.*is 写 story/],
    [
      'a name that is not its file’s',
      good.replace('id: county', 'id: other'),
      /id 是 other.*写成 id: county/,
    ],
    ['words that nobody knows', `${good}colour: red\n`, /第13行/],
    [
      'a slot with what is not chosen above',
      good
        .replace('stories: all', 'stories: [sto-hepu]')
        .replace('[lsn-sizhi]', 'all')
        .replace('- is: story', '- is: story\n        id: sto-juan'),
      /没有 sto-juan|sto-juan，上面却没有选它/,
    ],
    [
      'one document twice',
      good.replace('[lsn-sizhi]', '[lsn-sizhi, lsn-sizhi]'),
      /有一个代号写了两次，留下一个。/,
    ],
  ]
  test.each(mistakes)('%s', (_, text, said) => {
    const problems = check(text)
    expect(problems.join('\n')).toMatch(said)
    expect(problems.join('\n')).toMatch(/^playlists\/county\.yaml 第\d+行第\d+列：/)
  })

  test('the one that all halls fall back to is missing', () => {
    expect(check(good.replace('id: county', 'id: night'), 'night').join()).toContain('playlists/county.yaml')
  })
})

test('a process does not start with a wrong one, and says all that is wrong', () => {
  check(good.replace("'22:00'", "'25:00'"))
  expect(() => usePlaylists(folder)).toThrow(/播放单有误，改好后再启动：\nplaylists\/county\.yaml 第7行/)
})

test('administrators choose among those that are there; a hall whose own is gone shows the common one', () => {
  usePlaylists(contentDir)
  expect(knownPlaylists()).toContainEqual({ id: 'jiafeng-yewan', title: '节日与晚上：家风' })
  expect(playlistFor('jiafeng-yewan')?.id).toBe('jiafeng-yewan')
  expect(playlistFor('removed')?.id).toBe('county')
})

test('of too much the biggest recordings go first, then the biggest pictures, then the last texts', () => {
  const pieces: Piece[] = [
    { name: 'first', bytes: 10, is: 'document' },
    { name: 'last', bytes: 10, is: 'document' },
    { name: 'short', bytes: 20, is: 'recording' },
    { name: 'long', bytes: 50, is: 'recording' },
    { name: 'large', bytes: 90, is: 'picture' },
  ]
  const out = (most: number) => leaveOut(pieces, most).map(({ name }) => name)
  expect(out(180)).toEqual([])
  expect(out(179)).toEqual(['long'])
  expect(out(120)).toEqual(['long', 'short'])
  expect(out(20)).toEqual(['long', 'short', 'large'])
  expect(out(19)).toEqual(['long', 'short', 'large', 'last'])
})
