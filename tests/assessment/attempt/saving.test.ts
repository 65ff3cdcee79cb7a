// Saving from a page: every change is kept at once and sent soon, in order, once the line allows; nothing is lost by a lost
// request, a lost reply, a closed page or a second person at the same browser.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { KeptDraft, KeptDrafts } from '#assessment/attempt/kept.ts'
import { sendAll } from '#assessment/attempt/kept.ts'
import type { Saved } from '#assessment/attempt/save.server.ts'
import { startSaving, type Shown } from '#assessment/attempt/saving.ts'
import { sayLine } from '#assessment/attempt/say-line.ts'
import { replaces, type Draft } from '#assessment/attempt/draft.ts'
import type { Post, Reply } from '#quiz/post.ts'

/** What becomes of a request. */
type Fate = 'ok' | 'request-lost' | 'reply-lost' | 'busy' | 'signed-out' | 'wrong'

/** A server with the real rule of which answer stands, a line that loses things, and a browser that keeps things. */
class World {
  at = 1_000_000
  fates: Fate[] = []
  down = false
  stored = new Map<string, { draft: Draft; given: string }>()
  shelf = new Map<string, KeptDraft>()
  timers = new Set<{ due: number; then: () => void }>()
  shown: Shown | null = null
  said: [string, Saved['outcome']][] = []
  pages = 0
  sent: string[] = []

  post: Post = async <T>(_step: string, body: object): Promise<Reply<T>> => {
    await null
    const fate = this.down ? 'request-lost' : (this.fates.shift() ?? 'ok')
    if (fate === 'request-lost') return { type: 'offline' }
    if (fate === 'busy') return { type: 'busy', seconds: 7 }
    if (fate === 'signed-out') return { type: 'signed-out' }
    if (fate === 'wrong') return { type: 'wrong', message: '没有存下。' }
    const { item, fields, marked, page, seq, ago } = body as KeptDraft & { ago: number }
    this.sent.push(item)
    const coming = { draft: { fields, marked, page, seq }, given: new Date(this.at - ago).toISOString() }
    const there = this.stored.get(item)
    const stands = replaces(coming, there ?? { draft: null, given: null })
    if (stands) this.stored.set(item, coming)
    if (fate === 'reply-lost') return { type: 'offline' }
    const outcome = stands ? 'saved' : 'older'
    const saved: Saved = { outcome, state: 'answered', missing: '', instead: null, left: null, handed: false }
    return { type: 'ok', value: saved as T }
  }

  store: KeptDrafts = {
    all: async () => [...this.shelf.values()] as never,
    keep: async (_name, value) => (this.shelf.set(value.key, value), true),
    drop: async (_name, key) => this.shelf.delete(key),
    dropWhere: async (unwanted) => {
      for (const [key, one] of this.shelf) if (unwanted(one)) this.shelf.delete(key)
    },
  }

  async open(owner = 'mei', attempt = 'att', keeps = true) {
    this.timers.clear()
    const saving = startSaving({
      ...{ attempt, owner, page: `page-${this.pages++}`, post: this.post },
      openStore: async () => {
        if (!keeps) throw new Error('private')
        return this.store
      },
      now: () => this.at,
      after: (seconds, then) => {
        const timer = { due: this.at + seconds * 1000, then }
        this.timers.add(timer)
        return () => void this.timers.delete(timer)
      },
      changed: (shown) => (this.shown = shown),
      said: (item, { outcome }) => void this.said.push([item, outcome]),
    })
    await saving.start()
    return saving
  }

  /** Lets time pass, with all that is due in it. */
  async pass(seconds: number) {
    const until = this.at + seconds * 1000
    for (;;) {
      const next = [...this.timers].filter(({ due }) => due <= until).sort((a, b) => a.due - b.due)[0]
      if (!next) break
      this.timers.delete(next)
      this.at = Math.max(this.at, next.due)
      next.then()
      await this.settle()
    }
    this.at = until
    await this.settle()
  }

  async settle() {
    for (let i = 0; i < 60; i++) await null
    await new Promise((resolve) => setImmediate(resolve))
  }

  choice = (item: string) => this.stored.get(item)?.draft.fields[0]?.[1]
}

const choose = (value: string): [string, string][] => [['choice', value]]

test('whoever changes their mind is sent once, with the last word', async () => {
  const world = new World()
  const saving = await world.open()
  for (const value of ['a', 'b', 'c']) saving.set('itm-1', choose(value), false)
  await world.pass(2)
  expect([world.sent, world.choice('itm-1')]).toEqual([['itm-1'], 'c'])
  expect(world.shelf.size).toBe(0)
  expect(world.shown && sayLine(world.shown)).toBe('已保存')
})

test('without a line it waits in the browser, says how much, and goes out when it is back', async () => {
  const world = new World()
  const saving = await world.open()
  world.down = true
  saving.set('itm-1', choose('a'), false)
  saving.set('itm-2', choose('b'), true)
  await world.pass(30)
  expect(world.shown && sayLine(world.shown)).toBe('没有网络，2题存在这台设备上')
  expect(world.shelf.size).toBe(2)
  world.down = false
  saving.hurry()
  await world.settle()
  expect([world.choice('itm-1'), world.choice('itm-2')]).toEqual(['a', 'b'])
  expect(world.stored.get('itm-2')?.draft.marked).toBe(true)
  // Given when it was given, not when it arrived.
  expect(Date.parse(world.stored.get('itm-1')?.given ?? '')).toBe(world.at - 30_000)
})

test('what a closed page could not send is sent by the next one, of whichever attempt', async () => {
  const world = new World()
  const first = await world.open()
  world.down = true
  first.set('itm-1', choose('a'), false)
  await world.pass(2)
  world.down = false
  await world.open('mei', 'another')
  expect(world.choice('itm-1')).toBe('a')
  expect(world.shelf.size).toBe(0)
})

test('what another person left is neither shown nor sent', async () => {
  const world = new World()
  const first = await world.open('mei')
  world.down = true
  first.set('itm-1', choose('a'), false)
  await world.pass(2)
  world.down = false
  await world.open('lan')
  await world.pass(60)
  expect(world.choice('itm-1')).toBeUndefined()
  expect(world.shelf.size).toBe(1)
  expect(await sendAll(world.store, world.post, 'mei', world.at)).toBeNull()
  expect(world.choice('itm-1')).toBe('a')
})

test('a session that ended keeps everything until somebody signs in again; a busy site is asked later', async () => {
  const world = new World()
  const saving = await world.open()
  world.fates = ['signed-out']
  saving.set('itm-1', choose('a'), false)
  await world.pass(600)
  expect(world.shown).toMatchObject({ line: 'expired', waiting: 1 })
  world.fates = ['busy']
  saving.hurry()
  await world.settle()
  expect(world.shown).toMatchObject({ line: 'busy', waiting: 1 })
  await world.pass(6)
  expect(world.choice('itm-1')).toBeUndefined()
  await world.pass(1)
  expect(world.choice('itm-1')).toBe('a')
})

test('what will never be taken is let go and said, and does not hold up the rest', async () => {
  const world = new World()
  const saving = await world.open()
  world.fates = ['wrong']
  saving.set('itm-1', choose('a'), false)
  saving.set('itm-2', choose('b'), false)
  await world.pass(2)
  expect([world.choice('itm-1'), world.choice('itm-2')]).toEqual([undefined, 'b'])
  expect(world.shown).toMatchObject({ refused: '没有存下。', waiting: 0 })
})

test('a browser that keeps nothing still saves, and says that the page must stay', async () => {
  const world = new World()
  const saving = await world.open('mei', 'att', false)
  world.down = true
  saving.set('itm-1', choose('a'), false)
  await world.pass(2)
  expect(world.shown && sayLine(world.shown)).toBe('没有网络，1题别关这一页')
  world.down = false
  await world.pass(60)
  expect(world.choice('itm-1')).toBe('a')
})

test('whatever the line does, the last word on each item is what stands in the end, also after reloads', async () => {
  const fate = fc.constantFrom<Fate>('ok', 'ok', 'request-lost', 'reply-lost', 'busy')
  const step = fc.oneof(
    fc.record({
      type: fc.constant('set' as const),
      item: fc.constantFrom('itm-1', 'itm-2'),
      value: fc.constantFrom('a', 'b', 'c'),
    }),
    fc.record({ type: fc.constant('pass' as const), seconds: fc.integer({ min: 0, max: 40 }) }),
    fc.record({ type: fc.constant('reload' as const) }),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 25 }),
      fc.array(fate, { maxLength: 25 }),
      async (steps, fates) => {
        const world = new World()
        world.fates = fates
        let saving = await world.open()
        const last = new Map<string, string>()
        for (const one of steps) {
          if (one.type === 'set') {
            // Nobody answers twice within the same ms.
            world.at += 5
            saving.set(one.item, choose(one.value), false)
            last.set(one.item, one.value)
          }
          if (one.type === 'pass') await world.pass(one.seconds)
          if (one.type === 'reload') {
            world.at += 200
            saving = await world.open()
          }
          await world.settle()
        }
        world.fates = []
        await world.pass(120)
        for (const [item, value] of last) expect([item, world.choice(item)]).toEqual([item, value])
        expect(world.shelf.size).toBe(0)
      },
    ),
    { numRuns: 150 },
  )
})
