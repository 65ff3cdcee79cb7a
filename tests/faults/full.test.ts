// The disk is full while people study. Pages are read all the while; whoever sends something is told that it was not
// stored and when to try again; once there is room, everything goes on by itself, and nothing acknowledged is missing.
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { write } from '#db/database.server.ts'
import { assignment, grant } from '#db/schema/people.ts'
import { addUnits } from '../people/house.ts'
import { requireDerived, requireKept } from './kept.ts'
import { answerTo, post, said, type Learner, type Said, type Studied } from './learner.ts'
import { password, prepare } from './prepare.ts'
import { Served } from './process.ts'
import { smallDisk, type SmallDisk } from './small-disk.ts'

let disk: SmallDisk
let site: Served
let learners: Learner[] = []
let lessons: Studied[] = []

/** The officer sees the records of the first learner's unit. */
async function appoint() {
  await addUnits({ county: '/county/' })
  const at = '2026-01-01T00:00:00.000Z'
  const held = {
    personId: 'person-0',
    unitId: 'county',
    post: 'grid-worker',
    fromOn: '2026-01-01',
    main: true,
  }
  const role = { personId: 'person-4', role: 'officer', unitId: 'county', grantedBy: 'test', grantedAt: at }
  await write(async (tx) => {
    await tx.insert(assignment).values({ id: v7(), ...held })
    await tx.insert(grant).values(role)
  })
}

beforeAll(async () => {
  disk = smallDisk(Boolean(process.env['LONG']))
  const prepared = await prepare(disk.folder, 5, appoint)
  learners = prepared.learners
  lessons = prepared.lessons
  site = await Served.on(disk.folder)
  await site.start()
  for (const learner of learners) expect((await learner.signIn(site, password)).status).toBe(200)
}, 300_000)
afterAll(async () => {
  await site?.end('SIGKILL')
  disk?.remove()
})

const studiers = () => learners.slice(0, 4)
const officer = () => learners[4] as Learner

const get = async (path: string, cookie = '') =>
  said(
    path,
    await fetch(site.origin + path, { headers: { cookie, accept: 'text/html' }, redirect: 'manual' }),
  )

/** A form sent by a browser without script. */
async function send(path: string, action: string, fields: Record<string, string>, cookie = '') {
  const headers = { origin: site.origin, accept: 'text/html', cookie }
  const body = new URLSearchParams(fields)
  const address = new URL(path, site.origin)
  if (action) address.searchParams.set('_action', action)
  return said(action || path, await fetch(address, { method: 'POST', body, headers, redirect: 'manual' }))
}

const study = async (times: number) =>
  Promise.all(
    studiers().map(async (learner) => {
      for (let i = 0; i < times; i++) await learner.step(site, lessons)
    }),
  )

const isRefused = ({ what, status, retryAfter, text }: Said) => {
  const words = text.includes(`${disk.words}，这一步没有存下。`)
  const whole = !text.startsWith('<') || text.includes('</html>')
  expect([what, status, retryAfter, words, whole]).toEqual([what, 503, '5', true, true])
}

/** Everything that stores something, once each. */
async function sendAll(): Promise<Said[]> {
  const { cookie } = officer()
  const opening = { lesson: lessons[0]?.lesson, segment: v7() }
  const signIn = { username: 'F001', password }
  const answer = answerTo(lessons[0] as Studied, v7())
  const form = Object.fromEntries(answer.fields)
  return [
    await said('answer', await post(site, '/study/answer', JSON.stringify(answer), cookie)),
    await send(`${lessons[0]?.path}?item=${form['item']}`, 'answer', form, cookie),
    await said('open', await post(site, '/study/open', JSON.stringify(opening), cookie)),
    await said('sign in', await post(site, '/api/auth/sign-in/username', JSON.stringify(signIn))),
    await send('/sign-in', 'signIn', { number: 'F001', password }),
    await send('/feedback', '', { page: '/', text: '看不清' }),
    await get('/people/person-0', cookie),
    await said('look', await fetch(`${site.origin}/people/person-0`, { headers: { cookie } })),
    await said('sign out', await post(site, '/api/auth/sign-out', '{}', cookie)),
    await send('/account', 'signOut', {}, cookie),
  ]
}

test('with room everything is taken', { timeout: 60_000 }, async () => {
  await study(40)
  expect(learners.flatMap((learner) => learner.refused)).toEqual([])
  expect(await get('/people/person-0', officer().cookie)).toMatchObject({ status: 200 })
})

test(
  'without room whoever sends something is told so, with a time to try again',
  { timeout: 120_000 },
  async () => {
    disk.fill(site.pid)
    // What room the files have inside is used up first.
    const refusals = () => studiers().flatMap(({ refused }) => refused)
    while (studiers().some(({ refused }) => refused.length === 0)) await study(10)
    while ((await get('/people/person-0', officer().cookie)).status === 200);
    const sent = await sendAll()
    for (const each of [...refusals(), ...sent]) isRefused(each)
    const kinds = new Set([...refusals(), ...sent].map(({ what }) => what))
    console.log(
      `disk full (${disk.what}): ${[...kinds].join(', ')} refused; ${refusals().length} while studying`,
    )
  },
)

test('reading goes on, signed in and not, and whoever watches the process hears the reason', async () => {
  const { cookie } = learners[0] as Learner
  for (const path of ['/', '/courses', lessons[0]?.path ?? '', '/search?q=家风', '/help', '/sign-in'])
    expect(await get(path)).toMatchObject({ status: 200 })
  for (const path of ['/me', '/me/record', '/account', lessons[1]?.path ?? '', '/people/person-0'])
    expect(await get(path, cookie)).toMatchObject({ status: 200 })
  // Who could not sign out is still signed in, and was told so.
  expect(await get('/me', officer().cookie)).toMatchObject({ status: 200 })
  const health = await fetch(`${site.origin}/healthz`)
  expect(health.status).toBe(503)
  expect(await health.json()).toMatchObject({
    status: 'failing',
    database: true,
    storage: { kind: disk.kind, since: expect.any(String) },
  })
  const told = site.printed.match(/writes cannot be stored/g)?.length ?? 0
  expect(told).toBeGreaterThan(0)
  expect(told).toBeLessThan(studiers().flatMap(({ refused }) => refused).length)
  expect(site.printed).not.toMatch(/a request failed|F001|person-0/)
})

test('with room again everything goes on by itself within ten seconds', { timeout: 60_000 }, async () => {
  const before = site.pid
  disk.free(site.pid)
  const began = performance.now()
  const seconds = () => (performance.now() - began) / 1000
  while (!(await site.answers()) && seconds() < 10) await new Promise((resolve) => setTimeout(resolve, 50))
  expect(await site.answers()).toBe(true)
  console.log(`room again: health is ok after ${seconds().toFixed(1)} s`)
  for (const learner of studiers()) await learner.settle(site, lessons)
  const refused = learners.flatMap((learner) => learner.refused).length
  await study(20)
  expect(learners.flatMap((learner) => learner.refused)).toHaveLength(refused)
  expect(await get('/people/person-0', officer().cookie)).toMatchObject({ status: 200 })
  expect(await send('/account', 'signOut', {}, officer().cookie)).toMatchObject({ status: 303 })
  expect(await get('/me', officer().cookie)).toMatchObject({ status: 303 })
  expect((await officer().signIn(site, password)).status).toBe(200)
  expect(seconds()).toBeLessThan(10)
  expect(site.pid).toBe(before)
})

test('nothing that was acknowledged is missing, none of it is there twice', { timeout: 60_000 }, async () => {
  await site.end('SIGTERM')
  await requireKept(disk.folder, learners, true)
  await requireDerived(disk.folder)
  const sum = learners.reduce((all, one) => all + one.acknowledged, 0)
  console.log(`${sum} acknowledged before and after, all there`)
})
