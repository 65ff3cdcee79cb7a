// Time read and answers given without a line: nothing is lost, nothing counts twice, nothing is another person's. The
// server's side of a visit is the real rule; the line loses requests and replies.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Browser, settled, type Fate } from './offline-world.ts'

async function opened() {
  const browser = new Browser()
  await browser.load()
  return browser
}

describe('the line is lost while somebody reads', () => {
  test('the time counts when it is back, all of it and once', async () => {
    const browser = await opened()
    await browser.reads(30)
    browser.down = true
    for (let i = 0; i < 40; i++) await browser.reads(30)
    expect(browser.shown).toMatchObject({ line: 'offline', kept: true, counted: 30 })
    await browser.comesRight()
    expect(browser.server.countedOf()).toBe(1230)
    expect(browser.shown).toMatchObject({ line: 'studying', counted: 1230, refused: 0, seconds: 0 })
  })

  test('the page says how much waits', async () => {
    const browser = await opened()
    browser.down = true
    await browser.reads(60)
    await browser.due()
    expect(browser.shown).toMatchObject({ line: 'offline', seconds: 60, answers: 0 })
    await browser.answers('itm-1', 'a')
    expect(browser.shown).toMatchObject({ line: 'offline', seconds: 60, answers: 1 })
  })

  test('a lost reply does not count the time twice, also when more has come', async () => {
    const browser = await opened()
    browser.fates = ['reply-lost']
    await browser.reads(30)
    browser.down = true
    await browser.reads(300)
    await browser.comesRight()
    expect(browser.server.countedOf()).toBe(330)
    expect(browser.server.refusedOf('faster-than-clock')).toBe(0)
  })

  test('who closes the page meanwhile has it when a lesson is opened the next time', async () => {
    const browser = await opened()
    browser.down = true
    await browser.reads(600, 's1')
    await browser.leaves()
    browser.waits(300)
    browser.down = false
    await browser.load()
    expect(browser.server.countedOf()).toBe(600)
    expect(browser.server.sections()).toEqual(['s1'])
    expect(browser.shelf.visits.size).toBe(1)
    expect(browser.server.open.size).toBe(1)
  })

  test('whose browser was ended from outside has it too', async () => {
    const browser = await opened()
    browser.down = true
    await browser.reads(600)
    browser.crashes()
    browser.waits(180)
    browser.down = false
    await browser.load()
    expect(browser.server.countedOf()).toBe(600)
  })

  test('after half an hour the visit has ended: the time is told as lost, once, and can be objected to', async () => {
    const browser = await opened()
    await browser.reads(30)
    browser.down = true
    for (let i = 0; i < 70; i++) await browser.reads(30)
    await browser.comesRight()
    await browser.reads(30)
    expect(browser.server.countedOf()).toBe(60)
    expect(browser.server.refusedOf('line-lost')).toBe(2100)
    expect(browser.shown).toMatchObject({ line: 'studying', counted: 60, refused: 2100 })
  })

  test('the same when the page was closed', async () => {
    const browser = await opened()
    browser.down = true
    await browser.reads(600, 's2')
    await browser.leaves()
    browser.waits(86_400)
    browser.down = false
    await browser.load()
    expect(browser.server.countedOf()).toBe(0)
    await browser.reads(30)
    expect(browser.server.refusedOf('line-lost')).toBe(600)
    expect(browser.server.sections()).toEqual(['s2'])
  })

  test('time before the lesson could be opened is told as lost', async () => {
    const browser = new Browser()
    browser.down = true
    await browser.load()
    expect(browser.shown).toMatchObject({ line: 'offline', study: null })
    await browser.reads(60)
    await browser.comesRight()
    await browser.reads(30)
    expect(browser.server.countedOf()).toBe(30)
    expect(browser.server.refusedOf('line-lost')).toBe(60)
  })
})

describe('a page that is left with a line', () => {
  test('costs the next one a question, and nothing is told twice', async () => {
    const browser = await opened()
    await browser.reads(30)
    browser.page?.add({ seconds: 12, uncounted: { 'no-sign': 200 } })
    browser.waits(212)
    await browser.leaves()
    browser.server.seen = []
    browser.waits(86_400)
    await browser.load()
    expect(browser.server.seen).toEqual(['open', 'visit'])
    expect(browser.server.countedOf()).toBe(42)
    expect(browser.server.refusedOf('no-sign')).toBe(200)
    expect(browser.server.refusedOf('line-lost')).toBe(0)
  })

  test('has its last seconds counted, and does not tell them as lost the next day', async () => {
    const browser = await opened()
    await browser.reads(30)
    browser.page?.add({ seconds: 12 })
    browser.waits(12)
    await browser.leaves()
    browser.waits(86_400)
    await browser.load()
    await browser.reads(30)
    expect(browser.server.countedOf()).toBe(72)
    expect(browser.server.refusedOf('line-lost')).toBe(0)
  })

  test('whose last words got lost tells them the next time', async () => {
    const browser = await opened()
    await browser.reads(30)
    browser.page?.add({ seconds: 20 })
    browser.waits(20)
    browser.down = true
    await browser.leaves()
    browser.down = false
    browser.waits(60)
    await browser.load()
    expect(browser.server.countedOf()).toBe(50)
  })

  test('and is shown again goes on with a new visit', async () => {
    const browser = await opened()
    await browser.reads(30)
    const page = browser.page
    await browser.leaves()
    browser.page = page
    browser.waits(600)
    page?.comeBack()
    await settled()
    await browser.reads(30)
    expect(browser.server.countedOf()).toBe(60)
    expect(browser.shown).toMatchObject({ line: 'studying', counted: 60 })
  })
})

describe('the site is busy or has a fault', () => {
  test('the queue is kept and goes out after the time that it asked for', async () => {
    const browser = await opened()
    browser.fates = ['busy', 'busy']
    await browser.reads(30)
    expect(browser.shown).toMatchObject({ line: 'busy', seconds: 30 })
    await browser.due()
    expect(browser.shown).toMatchObject({ line: 'busy' })
    await browser.due()
    expect(browser.shown).toMatchObject({ line: 'studying', counted: 30, seconds: 0 })
  })

  test('who is not signed in any more keeps everything, and it goes out once they are', async () => {
    const browser = await opened()
    await browser.reads(30)
    browser.server.person = ''
    await browser.reads(300)
    await browser.answers('itm-1', 'b')
    expect(browser.shown).toMatchObject({ line: 'expired', answers: 1 })
    browser.server.person = 'mei'
    await browser.comesRight()
    expect(browser.server.countedOf()).toBe(330)
    expect([...browser.server.answers.values()]).toEqual(['mei itm-1 b'])
  })
})

describe('answers without a line', () => {
  test('wait, go out in order, and each is told its verdict', async () => {
    const browser = await opened()
    browser.down = true
    expect(await browser.answers('itm-1', 'a')).toBe(true)
    expect(await browser.answers('itm-2', 'c')).toBe(true)
    await browser.leaves()
    await browser.load()
    expect(browser.server.answers.size).toBe(0)
    await browser.comesRight()
    expect([...browser.server.answers.values()]).toEqual(['mei itm-1 a', 'mei itm-2 c'])
    expect(browser.said.map(([item]) => item)).toEqual(['itm-1', 'itm-2'])
    expect(browser.shown).toMatchObject({ answers: 0 })
  })

  test('to another lesson are handed in by whatever lesson is opened next, and the page says so', async () => {
    const browser = await opened()
    browser.down = true
    await browser.answers('itm-b', 'a', 'lsn-b')
    await browser.leaves()
    browser.down = false
    await browser.load()
    expect([...browser.server.answers.values()]).toEqual(['mei itm-b a'])
    expect(browser.shown).toMatchObject({ answers: 0, handed: 1 })
  })

  test('changed before they were judged, the later one is sent', async () => {
    const browser = await opened()
    browser.down = true
    await browser.answers('itm-1', 'a')
    await browser.answers('itm-1', 'b')
    await browser.comesRight()
    expect([...browser.server.answers.values()]).toEqual(['mei itm-1 b'])
  })

  test('are held up while they come too soon, and taken afterwards', async () => {
    const browser = await opened()
    browser.server.tooSoon = 4
    await browser.answers('itm-1', 'a')
    expect(browser.shown).toMatchObject({ line: 'studying', answers: 1 })
    browser.server.tooSoon = 0
    await browser.due()
    expect([...browser.server.answers.values()]).toEqual(['mei itm-1 a'])
  })

  test('are not taken while the line is fine, nor from who is not signed in', async () => {
    const browser = await opened()
    expect(await browser.answers('itm-1', 'a', 'lsn-a', false)).toBe(false)
    const guest = new Browser()
    guest.server.person = ''
    await guest.load()
    expect(guest.shown).toMatchObject({ line: 'guest' })
    guest.down = true
    expect(await guest.answers('itm-1', 'a')).toBe(false)
  })
})

describe('another person at the same browser', () => {
  test('neither sends nor sees what the first one left', async () => {
    const browser = await opened()
    browser.down = true
    await browser.reads(600)
    await browser.answers('itm-1', 'a')
    await browser.leaves()
    browser.down = false
    browser.server.person = 'lan'
    browser.waits(60)
    await browser.load()
    expect(browser.shown).toMatchObject({ line: 'studying', counted: 0, seconds: 0, answers: 0 })
    expect(browser.server.answers.size).toBe(0)
    await browser.leaves()
    browser.server.person = 'mei'
    browser.waits(60)
    await browser.load()
    expect(browser.server.countedOf('mei')).toBe(600)
    expect(browser.server.countedOf('lan')).toBe(0)
    expect([...browser.server.answers.values()]).toEqual(['mei itm-1 a'])
  })

  test('who signs in while a page of the first is still open gets nothing of it', async () => {
    const browser = await opened()
    await browser.reads(30)
    browser.server.person = 'lan'
    await browser.reads(120)
    expect(browser.shown).toMatchObject({ line: 'expired' })
    expect(browser.server.countedOf('lan')).toBe(0)
    expect(browser.server.refusedOf('line-lost', 'lan')).toBe(0)
    browser.server.person = 'mei'
    await browser.comesRight()
    expect(browser.server.countedOf('mei')).toBe(150)
  })

  test('after a week it is dropped', async () => {
    const browser = await opened()
    browser.down = true
    await browser.reads(600)
    await browser.answers('itm-1', 'a')
    await browser.leaves()
    browser.down = false
    browser.server.person = 'lan'
    browser.waits(8 * 86_400)
    await browser.load()
    const kept = [...browser.shelf.visits.values(), ...browser.shelf.answers.values()]
    expect(kept.map(({ owner }) => owner)).toEqual(['mark-of-lan'])
  })
})

const fate = fc.constantFrom<Fate>('ok', 'ok', 'request-lost', 'reply-lost', 'busy', 'broken')
const happening = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('reads'), amount: fc.integer({ min: 1, max: 45 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('waits'), amount: fc.integer({ min: 1, max: 60 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('down', 'up', 'due', 'reloads', 'crashes', 'answers'),
      amount: fc.constant(0),
    }),
  },
)

async function live(browser: Browser, happenings: { kind: string; amount: number }[]) {
  let answers = 0
  for (const { kind, amount } of happenings) {
    if (kind === 'reads') await browser.reads(amount)
    if (kind === 'waits') browser.waits(amount)
    if (kind === 'down' || kind === 'up') browser.down = kind === 'down'
    if (kind === 'due') await browser.due()
    if (kind === 'reloads') await browser.leaves()
    if (kind === 'crashes') {
      browser.crashes()
      browser.waits(125)
    }
    if (kind === 'answers' && (await browser.answers(`itm-${answers}`, 'a'))) answers++
    if (!browser.page) await browser.load()
  }
  await browser.comesRight()
  await browser.leaves()
  browser.waits(125)
  await browser.load()
  await browser.comesRight()
  return answers
}

test('whatever requests and replies are lost, however often the page is left: the time read counts, and once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(happening, { maxLength: 30 }),
      fc.array(fate, { maxLength: 40 }),
      async (happenings, fates) => {
        const browser = await opened()
        browser.fates = [...fates]
        const answers = await live(browser, happenings)
        expect(browser.server.answers.size).toBe(answers)
        // What was read before the visit could be opened is refused, and said so; what was read before the page could
        // learn whose it was is not kept when the page is closed.
        const told = browser.server.countedOf() + browser.server.refusedOf('line-lost')
        const { read, readUnknown } = browser
        expect(told).toBeGreaterThanOrEqual(read)
        expect(told).toBeLessThanOrEqual(read + readUnknown)
        expect(browser.server.twice()).toBe(0)
        expect(browser.server.refusedOf('faster-than-clock')).toBe(0)
      },
    ),
    { numRuns: 400 },
  )
})

test('a page that stays open has every second counted, whatever its line does for half an hour', async () => {
  const here = happening.filter(({ kind }) => kind !== 'reloads' && kind !== 'crashes')
  await fc.assert(
    fc.asyncProperty(
      fc.array(here, { maxLength: 30 }),
      fc.array(fate, { maxLength: 60 }),
      async (happenings, fates) => {
        const browser = await opened()
        browser.fates = [...fates]
        await live(browser, happenings)
        expect(browser.server.countedOf()).toBe(browser.read)
        expect(browser.server.refusedOf('line-lost')).toBe(0)
        expect(browser.server.refusedOf('faster-than-clock')).toBe(0)
      },
    ),
    { numRuns: 300 },
  )
})
