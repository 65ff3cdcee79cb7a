// The main job, without a browser: somebody opens a real lesson, reads, answers, and has it in the record.
import { expect, test } from 'vitest'
import { v7 } from 'uuid'
import { askedBy } from '#course/asked.server.ts'
import { courseBySlug } from '#course/library.server.ts'
import { beat, closeStudy, endSilentVisits, openStudy, stateOf } from '#course/study.server.ts'
import { write } from '#db/database.server.ts'
import { deriveAgain } from '#record/record.server.ts'
import { verifyChain } from '#record/root.server.ts'
import { versionsInForce } from '#record/versions.server.ts'
import { refusedOf } from '#record/hours/refused.server.ts'
import * as happen from '../record/happenings.ts'
import { Page, publishAgain, realLibrary, send, showAgain, withdraw } from './real-library.ts'

realLibrary()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')
const open = (person: string, lesson = 'lsn-sizhi') => Page.open(person, lesson, clock)

const kindsOf = async (person: string) => (await happen.eventsOf(person)).map(({ kind }) => kind)
const completions = async (person: string) =>
  (await kindsOf(person)).filter((kind) => kind === 'lesson-completed').length
const evidenceOf = async (person: string) => (await happen.derivedOf(person)).evidence ?? []

/** What everybody has who finished 四知 once; `silence` is what the credit says of time that was told late. */
async function expectFinishedOnce(person: string, silence = '') {
  expect(await completions(person)).toBe(1)
  expect(await happen.creditsInOrder(person)).toMatchObject([
    {
      meter: 'online',
      subject: 'lsn-sizhi',
      title: '四知：没人看见的十斤金',
      courseId: 'crs-jiafeng',
      edition: 1,
      minutes: 11,
      hours: 0.25,
      nature: 'compulsory',
      rule: 'yunnan-2024@2024.1',
      reason: `本课11分钟，本课程今年累计11分钟，按云南省干部网络培训学时折算（2024年）合计0.25学时。${silence}`,
    },
  ])
  const state = await stateOf(person, { lesson: 'lsn-sizhi' })
  expect(state).toMatchObject({ missing: '都完成了。', segment: null })
  expect(state.completedAt).not.toBeNull()
  expect(await verifyChain(person)).toMatchObject({ brokenAt: null })
  const before = await happen.derivedOf(person)
  const inForce = await versionsInForce()
  await write((tx) => deriveAgain(tx, person, inForce))
  expect(await happen.derivedOf(person)).toEqual(before)
}

test('a lesson says what it asks for before anything is done', async () => {
  expect(await stateOf(happen.somebody(), { lesson: 'lsn-sizhi' })).toEqual({
    owner: expect.stringMatching(/^[\w-]{16}$/),
    segment: null,
    seconds: 0,
    neededSeconds: 594,
    minutes: 11,
    sections: [],
    passed: [],
    completedAt: null,
    missing: '还有4节没看到，还有5道检查题没答对，有效学习还差10分钟。',
  })
})

test('eleven minutes, all sections, all checks: it is finished when nothing is missing, and not before', async () => {
  const person = happen.somebody()
  const page = await open(person)
  await page.read(630)
  const replies = await page.answer((_, i) => i < 4)
  for (const reply of replies) expect(reply).toMatchObject({ type: 'graded', firstTry: true, note: '' })
  expect((await stateOf(person, { lesson: 'lsn-sizhi' })).missing).toBe('还有1道检查题没答对。')
  expect(await page.read(30, { finish: true })).toEqual({ seconds: 660, refused: 0 })
  await send(person, 'lsn-sizhi', 'itm-sizhi-5', { kind: 'multiple', choices: ['a', 'd'] })
  await expectFinishedOnce(person)
  expect(await kindsOf(person)).toEqual([
    'lesson-opened',
    ...Array.from({ length: 5 }, () => 'question-answered'),
    'segment-studied',
    'lesson-completed',
  ])
  const payload = (await happen.eventsOf(person)).at(-1)?.payload ?? '{}'
  const course = await courseBySlug('jiafeng-jiaxun')
  expect(JSON.parse(payload)).toMatchObject({ minutes: 11, courseMinutes: course?.minutes ?? 0 })
})

test('the last beat can be what finishes it, and says so with the whole state', async () => {
  const person = happen.somebody()
  const page = await open(person)
  await page.answer()
  await page.read(570)
  const reply = await page.read(24, { finish: true })
  expect(reply).toMatchObject({
    seconds: 594,
    refused: 0,
    finished: { seconds: 594, missing: '都完成了。', completedAt: clock.iso },
  })
  await expectFinishedOnce(person)
  await expect(page.read(30, { finish: true })).rejects.toMatchObject({ kind: 'closed' })
})

test('the last answer can be what finishes it', async () => {
  const person = happen.somebody()
  const page = await open(person)
  await page.read(600)
  const replies = await page.answer()
  expect(replies.at(-1)).toMatchObject({
    type: 'graded',
    firstTry: true,
    note: '这一课学完了，学时已经记下。',
  })
  await expectFinishedOnce(person)
})

test('leaving the page can be what finishes it', async () => {
  const person = happen.somebody()
  const page = await open(person)
  await page.answer()
  await page.read(570)
  clock.advance(24)
  expect(await closeStudy(person, { segment: page.segment, last: page.next(24) })).toEqual({ closed: true })
  await expectFinishedOnce(person)
})

test('a page that just fell silent with all done is finished too', async () => {
  const person = happen.somebody()
  const page = await open(person)
  await page.answer()
  await page.read(600)
  clock.advance(30 * 60 + 1)
  await endSilentVisits()
  await expectFinishedOnce(person)
})

test('the last beat, the last answer and leaving all at once finish it once', async () => {
  const person = happen.somebody()
  const page = await open(person)
  await page.answer((_, i) => i < 4)
  await page.read(600)
  const last = page.next(0, { finish: true })
  await Promise.allSettled([
    send(person, 'lsn-sizhi', 'itm-sizhi-5', { kind: 'multiple', choices: ['a', 'd'] }),
    beat(person, last),
    closeStudy(person, { segment: page.segment }),
    beat(person, page.next(0, { finish: true })),
    endSilentVisits(),
  ])
  await expectFinishedOnce(person)
})

test('what was learned is evidence for its indicators and moves the beliefs; the time does not', async () => {
  const person = happen.somebody()
  const page = await open(person)
  await page.read(600)
  expect(await evidenceOf(person)).toEqual([])
  await page.answer()
  expect(await evidenceOf(person)).toHaveLength(5)
  const beliefs = (await happen.derivedOf(person)).belief as {
    indicator: string
    mean: number
    pieces: number
  }[]
  expect(beliefs.map(({ indicator, pieces }) => [indicator, pieces])).toEqual(
    expect.arrayContaining([
      ['fact-finding', 2],
      ['conflict-of-interest', 2],
      ['openness', 1],
    ]),
  )
  for (const { mean } of beliefs) expect(mean).toBeGreaterThan(0)
})

test('asking to finish too early finishes nothing and closes nothing', async () => {
  const person = happen.somebody()
  const page = await open(person)
  for (let i = 0; i < 3; i++) expect(await page.read(30, { finish: true })).not.toHaveProperty('finished')
  expect(await page.read(30)).toEqual({ seconds: 120, refused: 0 })
  expect(await kindsOf(person)).toEqual(['lesson-opened'])
  expect((await stateOf(person, { lesson: 'lsn-sizhi' })).missing).toBe(
    '还有5道检查题没答对，有效学习还差8分钟。',
  )
})

test('a page that claims more than the clock saw is told how much was refused, and so is its person', async () => {
  const person = happen.somebody()
  const page = await open(person)
  clock.advance(30)
  expect(await beat(person, page.next(600))).toEqual({ seconds: 30, refused: 570 })
  await closeStudy(person, { segment: page.segment })
  expect(await refusedOf(person)).toMatchObject([
    {
      left: 570,
      lesson: 'lsn-sizhi',
      reasons: [{ why: '页面报来的时间比服务器在这一段里看到的多，多出的部分没有计入。' }],
    },
  ])
  expect((await stateOf(person, { lesson: 'lsn-sizhi' })).seconds).toBe(30)
})

test('visits on two days add up, and the second goes on where the first was', async () => {
  const person = happen.somebody()
  const first = await open(person)
  await first.read(300)
  await first.answer((_, i) => i < 2)
  await closeStudy(person, { segment: first.segment })
  clock.advance(86_400)
  const state = await openStudy(person, { lesson: 'lsn-sizhi', segment: v7() })
  expect(state).toMatchObject({
    seconds: 300,
    sections: ['s1', 's2', 's3', 's4'],
    passed: ['itm-sizhi-1', 'itm-sizhi-2'],
  })
  const second = await open(person)
  await second.answer((_, i) => i >= 2)
  expect(await second.read(300, { finish: true })).toHaveProperty('finished')
  await expectFinishedOnce(person)
})

test('opening the same visit again goes on with it', async () => {
  const person = happen.somebody()
  const page = await open(person)
  await page.read(60)
  const again = await openStudy(person, { lesson: 'lsn-sizhi', segment: page.segment })
  expect(again).toMatchObject({ segment: page.segment, seconds: 60 })
  expect(await kindsOf(person)).toEqual(['lesson-opened'])
})

test('two tabs side by side do not finish a lesson in half the time', async () => {
  const person = happen.somebody()
  const [one, other] = [await open(person), await open(person)]
  await one.answer()
  for (let i = 0; i < 10; i++) {
    clock.advance(30)
    await beat(person, one.next(30))
    expect(await beat(person, other.next(30, { finish: true }))).not.toHaveProperty('finished')
  }
  expect((await stateOf(person, { lesson: 'lsn-sizhi' })).missing).toBe('有效学习还差4分钟。')
  await other.read(300, { finish: true })
  // Neither tab had told anything while the checks were answered, which took longer than a page may be silent.
  await expectFinishedOnce(person, '其中约1分钟是断网时学、恢复后补报的。')
})

test('two lessons read at the same time are finished by the time of one: it is told, and can be made up', async () => {
  const person = happen.somebody()
  const [one, other] = [await open(person), await open(person, 'lsn-jian')]
  await one.answer()
  await other.answer()
  for (let i = 0; i < 20; i++) {
    clock.advance(30)
    await Promise.all([beat(person, one.next(30)), beat(person, other.next(30))])
  }
  await closeStudy(person, { segment: one.segment })
  await closeStudy(person, { segment: other.segment })
  expect(await completions(person)).toBe(1)
  expect(await refusedOf(person)).toMatchObject([
    { lesson: 'lsn-jian', reasons: [{ reason: 'counted-elsewhere', seconds: 465 }] },
  ])
  const again = await open(person, 'lsn-jian')
  await again.read(600, { finish: true })
  expect((await happen.creditsInOrder(person)).map(({ minutes, hours }) => [minutes, hours])).toEqual([
    [11, 0.25],
    [11, 0.25],
  ])
})

test('the whole course gives one hour, lesson after lesson, and its rows say how', async () => {
  const person = happen.somebody()
  for (const lesson of ['lsn-sizhi', 'lsn-tuijin', 'lsn-baozheng', 'lsn-jian', 'lsn-liuchi']) {
    const page = await open(person, lesson)
    await page.answer()
    expect(await page.read(page.lesson.minutes * 54 + 6, { finish: true })).toHaveProperty('finished')
  }
  const credits = await happen.creditsInOrder(person)
  expect(credits.map(({ minutes, hours }) => [minutes, hours])).toEqual([
    [11, 0.25],
    [12, 0.25],
    [10, 0.5],
    [11, 0],
    [11, 0],
  ])
  expect(credits.at(-1)?.reason).toContain('本课程今年累计55分钟')
  expect(await evidenceOf(person)).toHaveLength(23)
})

test('a finished lesson that is read again is not credited again', async () => {
  const person = happen.somebody()
  for (let i = 0; i < 2; i++) {
    const page = await open(person)
    await page.answer()
    await page.read(600, { finish: true })
    await closeStudy(person, { segment: page.segment })
    clock.advance(86_400)
  }
  await expectFinishedOnce(person)
})

// What goes wrong from outside.

const again = '请刷新页面；已经记下的学习时间不受影响。'
const malformed = (field: string) => ({
  kind: 'invalid',
  message: `请求里的“${field}”不合要求，这一次没有记录。`,
  hint: again,
})
const steps = { open: openStudy, beat, close: closeStudy, state: stateOf }
const good = { segment: v7(), seq: 1, seconds: 30, sections: [] }

test.each<[keyof typeof steps, unknown, string]>([
  ['open', null, '内容'],
  ['open', 'lsn-sizhi', '内容'],
  ['open', [], '内容'],
  ['open', {}, 'lesson'],
  ['open', { lesson: 'lsn-sizhi' }, 'segment'],
  ['open', { lesson: 'lsn-sizhi', segment: '1' }, 'segment'],
  ['open', { lesson: 'lsn-sizhi', segment: '00000000-0000-0000-0000-00000000000g' }, 'segment'],
  ['open', { lesson: ['lsn-sizhi'], segment: v7() }, 'lesson'],
  ['open', { lesson: 'x'.repeat(81), segment: v7() }, 'lesson'],
  ['open', { lesson: 'lsn-sizhi', segment: v7(), person: 'somebody-else' }, 'person'],
  ['beat', undefined, '内容'],
  ['beat', { ...good, seq: 0 }, 'seq'],
  ['beat', { ...good, seq: 1.5 }, 'seq'],
  ['beat', { ...good, seq: '1' }, 'seq'],
  ['beat', { ...good, seconds: -1 }, 'seconds'],
  ['beat', { ...good, seconds: 86_401 }, 'seconds'],
  ['beat', { ...good, seconds: JSON.parse('1e999') as number }, 'seconds'],
  ['beat', { ...good, seconds: null }, 'seconds'],
  ['beat', { ...good, sections: ['lead'] }, 'sections.0'],
  ['beat', { ...good, sections: ['s1', '<script>'] }, 'sections.1'],
  ['beat', { ...good, sections: Array.from({ length: 101 }, () => 's1') }, 'sections'],
  ['beat', { ...good, watched: { 'a.mp4': [[0]] } }, 'watched.a.mp4.0'],
  ['beat', { ...good, finish: 'yes' }, 'finish'],
  ['beat', { ...good, at: '2026-01-01T00:00:00.000Z' }, 'at'],
  ['close', {}, 'segment'],
  ['close', { segment: v7(), last: {} }, 'last.segment'],
  ['state', { lesson: 7 }, 'lesson'],
])('%s with %j is refused with the field named, and nothing is kept', async (step, body, field) => {
  const person = happen.somebody()
  await expect(steps[step](person, body)).rejects.toMatchObject(malformed(field))
  expect(await happen.eventsOf(person)).toEqual([])
})

const unknown = { kind: 'not-found', message: '没有找到这一课。', hint: '它可能已撤展，请回到课程列表。' }
const gone = {
  kind: 'closed',
  message: '这一段学习已经结束，时间已经记下。',
  hint: '页面会自动开始新的一段，不用重新学。',
}

test('a lesson nobody knows is not opened', async () => {
  const person = happen.somebody()
  for (const lesson of ['lsn-nobody', '', 'crs-jiafeng', "lsn-sizhi' --"]) {
    await expect(openStudy(person, { lesson, segment: v7() })).rejects.toMatchObject(unknown)
    await expect(stateOf(person, { lesson })).rejects.toMatchObject(unknown)
  }
  expect(await happen.eventsOf(person)).toEqual([])
})

test('another person’s visit and one that nobody opened get the same reply, and nothing of it changes', async () => {
  const [person, other] = [happen.somebody(), happen.somebody()]
  const page = await open(other)
  await page.read(60)
  for (const segment of [page.segment, v7()]) {
    await expect(beat(person, { ...good, segment, seq: 9 })).rejects.toMatchObject(gone)
    await expect(closeStudy(person, { segment, last: { ...good, segment, seq: 9 } })).rejects.toMatchObject(
      gone,
    )
    expect(await closeStudy(person, { segment })).toEqual({ closed: false })
  }
  await expect(openStudy(person, { lesson: 'lsn-sizhi', segment: page.segment })).rejects.toMatchObject(gone)
  expect(await page.read(30)).toEqual({ seconds: 90, refused: 0 })
  expect(await happen.eventsOf(person)).toEqual([])
})

test('a beat for a visit that has ended is told so, and a new one can be opened at once', async () => {
  const person = happen.somebody()
  const page = await open(person)
  await page.read(60)
  await closeStudy(person, { segment: page.segment })
  await expect(page.read(30)).rejects.toMatchObject(gone)
  await expect(openStudy(person, { lesson: 'lsn-sizhi', segment: page.segment })).rejects.toMatchObject(gone)
  expect((await openStudy(person, { lesson: 'lsn-sizhi', segment: v7() })).seconds).toBe(60)
})

test('a beat sent twice and a visit closed twice count once', async () => {
  const person = happen.somebody()
  const page = await open(person)
  clock.advance(30)
  const body = page.next(30)
  const replies = await Promise.all([beat(person, body), beat(person, body)])
  expect(replies).toEqual([
    { seconds: 30, refused: 0 },
    { seconds: 30, refused: 0 },
  ])
  const closed = await Promise.all([
    closeStudy(person, { segment: page.segment }),
    closeStudy(person, { segment: page.segment }),
  ])
  expect(closed.filter((reply) => reply.closed)).toHaveLength(1)
  expect(await kindsOf(person)).toEqual(['lesson-opened', 'segment-studied'])
})

const withdrawn = {
  kind: 'closed',
  message: '这一课已撤展：引文有误，正在核对。',
  hint: '你已有的学时不受影响。',
}

test('a lesson withdrawn while somebody studies it says so; the time stays in the record and nothing is credited', async () => {
  const person = happen.somebody()
  const page = await open(person, 'lsn-liuchi')
  await page.answer((_, i) => i < 4)
  await page.read(600)
  await withdraw('lsn-liuchi', '引文有误，正在核对')
  await expect(page.read(30, { finish: true })).rejects.toMatchObject(withdrawn)
  await expect(page.answer((_, i) => i === 4)).rejects.toMatchObject(withdrawn)
  await expect(openStudy(person, { lesson: 'lsn-liuchi', segment: v7() })).rejects.toMatchObject(withdrawn)
  await expect(stateOf(person, { lesson: 'lsn-liuchi' })).rejects.toMatchObject(withdrawn)
  // The refused beat has ended the visit.
  expect(await closeStudy(person, { segment: page.segment })).toEqual({ closed: false })
  expect((await happen.derivedOf(person)).progress).toMatchObject([{ seconds: 630, completedAt: null }])
  expect(await happen.creditsInOrder(person)).toEqual([])
  await showAgain('lsn-liuchi')
  await page.answer((_, i) => i === 4)
  expect(await happen.creditsInOrder(person)).toMatchObject([{ subject: 'lsn-liuchi', hours: 0.25 }])
})

test('a page that falls silent on a withdrawn lesson holds up nobody, and all of its time is kept', async () => {
  const [person, other] = [happen.somebody(), happen.somebody()]
  const page = await open(person, 'lsn-liuchi')
  await page.answer()
  const theirs = await open(other)
  await theirs.answer()
  for (let i = 0; i < 20; i++) {
    clock.advance(30)
    await Promise.all([beat(person, page.next(30)), beat(other, theirs.next(30))])
  }
  await withdraw('lsn-liuchi', null)
  await expect(page.read(30)).rejects.toMatchObject({ message: '这一课已撤展。' })
  clock.advance(2000)
  await endSilentVisits()
  await showAgain('lsn-liuchi')
  expect((await happen.derivedOf(person)).progress).toMatchObject([{ seconds: 630, completedAt: null }])
  await expectFinishedOnce(other)
})

test('what was credited stays when its lesson is withdrawn', async () => {
  const person = happen.somebody()
  const page = await open(person)
  await page.answer()
  await page.read(600, { finish: true })
  const before = await happen.derivedOf(person)
  await withdraw('lsn-sizhi', null)
  const inForce = await versionsInForce()
  await write((tx) => deriveAgain(tx, person, inForce))
  expect(await happen.derivedOf(person)).toEqual(before)
  await showAgain('lsn-sizhi')
})

test('a mended typo while somebody reads takes nothing away; a new edition begins anew and is credited again', async () => {
  const person = happen.somebody()
  const page = await open(person, 'lsn-baozheng')
  await page.answer()
  await page.read(300)
  await publishAgain('lsn-baozheng', {})
  expect((await askedBy('lsn-baozheng')).revision).not.toBe(page.lesson.revision)
  await page.read(240, { finish: true })
  expect(await happen.creditsInOrder(person)).toMatchObject([{ edition: 1, minutes: 10 }])

  await publishAgain('lsn-baozheng', { edition: 2, minutes: 12 })
  expect(await stateOf(person, { lesson: 'lsn-baozheng' })).toMatchObject({
    ...{ seconds: 0, neededSeconds: 648, sections: [], passed: [], completedAt: null },
  })
  const second = await open(person, 'lsn-baozheng')
  await second.answer()
  await second.read(660, { finish: true })
  expect(await happen.creditsInOrder(person)).toMatchObject([
    { edition: 1, minutes: 10, hours: 0.25 },
    { edition: 2, minutes: 12, hours: 0.25 },
  ])
  expect(await evidenceOf(person)).toHaveLength(4)
})

test('a new edition while somebody reads the old one: the old time stays in the record, the new one asks for its own', async () => {
  const person = happen.somebody()
  const page = await open(person, 'lsn-tuijin')
  await page.answer()
  await page.read(600)
  await publishAgain('lsn-tuijin', { edition: 2 })
  expect(await page.read(60, { finish: true })).toEqual({ seconds: 660, refused: 0 })
  await closeStudy(person, { segment: page.segment })
  expect((await happen.derivedOf(person)).progress).toMatchObject([
    { edition: 1, seconds: 660, completedAt: null },
  ])
  expect(await happen.creditsInOrder(person)).toEqual([])
})
