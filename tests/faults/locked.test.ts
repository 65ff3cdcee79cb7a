// Another program holds the database while people study and sign in. For three seconds nobody hears of it; for fifteen,
// some are told to try again, in words; pages are read all the while; afterwards everything is as if nothing had been.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hold } from './hold.ts'
import { requireDerived, requireKept } from './kept.ts'
import { answerTo, post, said, type Learner, type Said, type Studied } from './learner.ts'
import { password, prepare } from './prepare.ts'
import { Served } from './process.ts'

const writers = 6
let folder = ''
let site: Served
let learners: Learner[] = []
let lessons: Studied[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lianxue-locked-'))
  const prepared = await prepare(folder, writers)
  learners = prepared.learners
  lessons = prepared.lessons
  site = await Served.on(folder)
  await site.start()
  for (const learner of learners) expect((await learner.signIn(site, password)).status).toBe(200)
}, 300_000)
afterAll(async () => {
  await site?.end('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Everybody studies, one signs in again and again, one reads, for as long as the file is held and a little longer. */
async function meanwhile(milliseconds: number) {
  const giveBack = await hold(folder)
  let open = true
  const held = pause(milliseconds)
    .then(giveBack)
    .then(() => pause(500))
    .then(() => (open = false))
  const signIns: Said[] = []
  const pages: number[] = []
  const study = learners.map(async (learner) => {
    while (open) if (!(await learner.step(site, lessons))) await pause(200)
  })
  const [first] = learners as [Learner]
  const enter = async () => {
    while (open) signIns.push(await first.signIn(site, password))
  }
  const look = async () => {
    while (open) {
      for (const path of ['/', lessons[0]?.path ?? '/', '/me'])
        pages.push((await fetch(site.origin + path, { headers: { cookie: first.cookie } })).status)
      await pause(50)
    }
  }
  await Promise.all([held, ...study, enter(), look()])
  for (const learner of learners) await learner.settle(site, lessons)
  return { signIns, pages }
}

const counted = (list: (number | string)[]) =>
  [...new Set(list)].map((one) => [one, list.filter((each) => each === one).length])

test('held for three seconds: nobody hears of it', { timeout: 60_000 }, async () => {
  const { signIns, pages } = await meanwhile(3_000)
  expect(learners.flatMap((learner) => learner.refused)).toEqual([])
  expect(signIns.map(({ status }) => status)).toEqual(signIns.map(() => 200))
  expect(new Set(pages)).toEqual(new Set([200]))
  console.log(`held for 3 s: 0 refused, ${signIns.length} sign-ins, ${pages.length} pages read meanwhile`)
})

test(
  'held for fifteen seconds: who waited ten is told to try again, and nothing is lost',
  { timeout: 90_000 },
  async () => {
    const { signIns, pages } = await meanwhile(15_000)
    const refused = [
      ...learners.flatMap((learner) => learner.refused),
      ...signIns.filter(({ status }) => status !== 200),
    ]
    expect(refused.length).toBeGreaterThanOrEqual(writers)
    for (const { what, status, retryAfter, text } of refused) {
      expect([what, status, Number(retryAfter)]).toEqual([what, 503, 5])
      expect(text, what).toContain('数据库正被别的程序占用，这一步没有存下。')
    }
    expect(refused.map(({ what }) => what)).toContain('sign-in')
    expect(new Set(pages)).toEqual(new Set([200]))
    console.log(
      `held for 15 s: ${refused.length} refused (${counted(refused.map(({ what }) => what)).join('; ')}), ${pages.length} pages read meanwhile`,
    )
  },
)

/** Answers a question under an id of its own, once the person has had time to read it. */
async function answerSomewhere({ cookie }: Learner): Promise<{ lesson: Studied; event: string }> {
  for (const lesson of lessons) {
    const event = v7()
    const reply = await post(site, '/study/answer', JSON.stringify(answerTo(lesson, event)), cookie)
    const said = (await reply.json()) as { type?: string; seconds?: number }
    if (said.type === 'graded') return { lesson, event }
    await new Promise((resolve) => setTimeout(resolve, (said.seconds ?? 0) * 1000))
  }
  throw new Error('No question can be answered now.')
}

test('an answer that comes again under its id with another content is refused, and logged by the id alone', async () => {
  const learner = learners[0] as Learner
  const { lesson, event } = await answerSomewhere(learner)
  learner.answered.add(event)
  const { item } = lesson
  const other = item.kind === 'true-false' ? String(!item.key) : otherThan(item.key, item.options)
  const changed = JSON.stringify(answerTo(lesson, event, other))
  const reply = await said('again', await post(site, '/study/answer', changed, learner.cookie))
  expect(reply).toMatchObject({ status: 400, text: expect.stringContaining('这个编号已经记着另一件事') })
  const line = site.printed.split('\n').find((one) => one.includes(event)) ?? '{}'
  expect(JSON.parse(line)).toMatchObject({
    level: 40,
    event: { id: event, kind: 'question-answered' },
    msg: 'an id came again with other content and was refused',
  })
  expect(site.printed).not.toMatch(/F00\d|person-\d/)
})

const otherThan = (key: string, options: { id: string }[]) => options.find(({ id }) => id !== key)?.id ?? ''

test(
  'afterwards everything is taken, and all that was ever acknowledged is on the disk',
  { timeout: 60_000 },
  async () => {
    for (const learner of learners) {
      expect((await learner.signIn(site, password)).status).toBe(200)
      for (let i = 0; i < 10; i++) expect(await learner.step(site, lessons)).toBe(true)
    }
    expect(await said('health', await fetch(`${site.origin}/healthz`))).toMatchObject({ status: 200 })
    await site.end('SIGTERM')
    await requireKept(folder, learners, true)
    await requireDerived(folder)
    const sum = learners.reduce((all, one) => all + one.acknowledged, 0)
    console.log(`${sum} acknowledged around two locks, all there`)
  },
)
