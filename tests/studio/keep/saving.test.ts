// Saving a draft: nothing that was written is lost by a lost line, a crash, a second person or a second window, and nobody
// is overwritten unseen.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Kept, Shelves } from '#course/shelves.ts'
import type { Reply } from '#quiz/post.ts'
import { draftStore, type KeptWriting } from '#studio/keep/keep-draft.ts'
import { saySaving } from '#studio/keep/say-saving.ts'
import { startSaving, type Shown } from '#studio/keep/saving.ts'

type Content = { base: string; text: string }
type Said = { type: 'saved' | 'stale'; version: number; text: string }
type Fate = 'ok' | 'request-lost' | 'reply-lost' | 'busy' | 'broken' | 'signed-out' | 'wrong'

/** A server that takes only what began from its version, a line that loses things, and one browser. */
class World {
  stored = { version: 1, text: '' }
  fates: Fate[] = []
  down = false
  full = false
  slow = 0
  requests: string[] = []
  shelf = new Map<string, KeptWriting<Content>>()
  live = new Set<string>()
  pages = 0

  send = async (version: number, { text }: Content): Promise<Reply<Said>> => {
    this.requests.push(text)
    const fate = this.down ? 'request-lost' : (this.fates.shift() ?? 'ok')
    if (this.slow > 0) await new Promise((then) => setTimeout(then, this.slow * 1000))
    if (fate === 'request-lost') return { type: 'offline' }
    if (fate === 'busy') return { type: 'busy', seconds: 7 }
    if (fate === 'broken' || fate === 'signed-out') return { type: fate }
    if (fate === 'wrong') return { type: 'wrong', message: '稿子太长。' }
    const type = version === this.stored.version ? 'saved' : 'stale'
    if (type === 'saved') this.stored = { version: version + 1, text }
    return fate === 'reply-lost' ? { type: 'offline' } : { type: 'ok', value: { type, ...this.stored } }
  }

  shelves: Shelves<{ draft: KeptWriting<Content> }> = {
    all: async () => [...this.shelf.values()] as never,
    count: async () => this.shelf.size,
    keep: async (_name, value) => !this.full && (this.shelf.set(value.key, structuredClone(value)), true),
    drop: async (_name, key) => this.shelf.delete(key),
    dropWhere: async (unwanted: (one: Kept) => boolean) => {
      for (const [key, one] of this.shelf) if (unwanted(one)) this.shelf.delete(key)
    },
  }
  store = draftStore(this.shelves, async () => this.live, Date.now)

  async open(owner = 'mei', keepsNothing = false) {
    const page = `page-${this.pages++}`
    this.live.add(page)
    const { version, text } = this.stored
    const seen = { text, said: [] as Said[], shown: null as Shown | null }
    const saving = startSaving<Content, Said>({
      ...{ owner, draft: 'd1', page, version, send: this.send, now: Date.now },
      content: () => ({ base: text, text: seen.text }),
      arrived: (said, sent) => said.text === sent.text,
      openStore: async () => {
        if (keepsNothing) throw new Error('private')
        return this.store
      },
      after: (seconds, then) => {
        // What a closed page would still do does not happen.
        const timer = setTimeout(() => this.live.has(page) && then(), seconds * 1000)
        return () => clearTimeout(timer)
      },
      changed: (shown) => (seen.shown = shown),
      said: (said) => void seen.said.push(said),
    })
    const left = await saving.start()
    return {
      ...{ saving, seen, left, page },
      type: (words: string) => {
        seen.text += words
        saving.touch()
      },
      label: () => seen.shown && saySaving(seen.shown),
      crash: () => void this.live.delete(page),
    }
  }
}

const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000)
let world: World
beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  world = new World()
})
afterEach(() => void vi.useRealTimers())

test('what is written is in the browser within a second and at the server after two of quiet', async () => {
  const page = await world.open()
  expect(page.label()).toBe('已保存')
  page.type('甲')
  expect(page.label()).toBe('正在保存')
  await pass(1)
  expect([...world.shelf.values()].map(({ content, version }) => [content.text, version])).toEqual([
    ['甲', 1],
  ])
  expect(world.requests).toEqual([])
  await pass(1)
  expect(world.stored).toEqual({ version: 2, text: '甲' })
  expect(page.label()).toBe('已保存')
  expect(world.shelf.size).toBe(0)
})

test('who types without a pause is saved every eight seconds, not letter by letter', async () => {
  const page = await world.open()
  for (let second = 0; second < 20; second++) {
    page.type('字')
    await pass(1)
  }
  expect(world.requests.map(({ length }) => length)).toEqual([8, 16])
  await pass(2)
  expect(world.stored.text).toHaveLength(20)
})

test('one request at a time; what is written meanwhile follows from the new version', async () => {
  const page = await world.open()
  world.slow = 5
  page.type('甲')
  await pass(3)
  page.type('乙')
  await pass(3)
  expect(world.requests).toEqual(['甲'])
  await pass(12)
  expect(world.requests).toEqual(['甲', '甲乙'])
  expect(world.stored).toEqual({ version: 3, text: '甲乙' })
  expect(page.label()).toBe('已保存')
})

test('without a line for an hour all is kept here, tried ever more rarely, and sent once the line is back', async () => {
  const page = await world.open()
  world.down = true
  page.type('甲')
  await pass(3)
  expect(page.label()).toBe('没有网络，已存在本机')
  await pass(1800)
  page.type('乙')
  await pass(1800)
  expect(world.requests.length).toBeLessThan(75)
  expect([...world.shelf.values()][0]?.content.text).toBe('甲乙')
  expect(page.label()).toBe('没有网络，已存在本机')
  world.down = false
  page.saving.hurry()
  await pass(0)
  expect(world.stored.text).toBe('甲乙')
  expect(page.label()).toBe('已保存')
})

test('a browser that crashed before sending gives back what was written, once, and sends it', async () => {
  const first = await world.open()
  first.type('写了一上午')
  await pass(1)
  first.crash()
  const second = await world.open()
  expect(world.stored.text).toBe('')
  expect(second.left.map(({ content }) => content.text)).toEqual(['写了一上午'])
  const [left] = second.left
  if (!left) throw new Error('Nothing was kept.')
  second.seen.text = left.content.text
  await second.saving.takeUp(left)
  await pass(2)
  expect(world.stored.text).toBe('写了一上午')
  second.crash()
  expect((await world.open()).left).toEqual([])
})

test('a page that crashes again before it sent what it took up still loses nothing', async () => {
  const first = await world.open()
  first.type('上午')
  await pass(1)
  first.crash()
  const second = await world.open()
  const [left] = second.left
  if (!left) throw new Error('Nothing was kept.')
  second.seen.text = left.content.text
  await second.saving.takeUp(left)
  second.crash()
  expect((await world.open()).left.map(({ content }) => content.text)).toEqual(['上午'])
})

test('what was put aside is not offered again', async () => {
  const first = await world.open()
  first.type('不要了')
  await pass(1)
  first.crash()
  const second = await world.open()
  for (const left of second.left) await second.saving.putAside(left)
  second.crash()
  expect((await world.open()).left).toEqual([])
})

test('what was kept before somebody else saved comes up as a conflict, not over their text', async () => {
  const first = await world.open()
  first.type('我的')
  await pass(1)
  first.crash()
  world.stored = { version: 2, text: '他的' }
  const second = await world.open()
  const [left] = second.left
  if (!left) throw new Error('Nothing was kept.')
  second.seen.text = left.content.text
  await second.saving.takeUp(left)
  await pass(2)
  expect(world.stored.text).toBe('他的')
  expect(second.label()).toBe('有人也改了，已存在本机，请先合并')
})

test('a conflict stops sending until it is resolved, keeps on keeping, and then goes on from the other version', async () => {
  const page = await world.open()
  page.type('我')
  world.stored = { version: 2, text: '他' }
  await pass(2)
  expect(page.seen.said).toEqual([{ type: 'stale', version: 2, text: '他' }])
  page.type('再写')
  await pass(60)
  page.saving.hurry()
  await pass(60)
  expect(world.requests).toEqual(['我'])
  expect([...world.shelf.values()][0]?.content.text).toBe('我再写')
  page.seen.text = '他我再写'
  page.saving.resolve(2)
  await pass(2)
  expect(world.stored).toEqual({ version: 3, text: '他我再写' })
  expect(page.label()).toBe('已保存')
})

test('two windows of one person neither overwrite each other nor take each other’s text for left behind', async () => {
  const [one, other] = [await world.open(), await world.open()]
  one.type('左')
  other.type('右')
  await pass(1)
  expect([...world.shelf.values()].map(({ content }) => content.text).sort()).toEqual(['右', '左'])
  const third = await world.open()
  expect(third.left).toEqual([])
  await pass(5)
  expect(world.stored.text).toBe('左')
  expect(other.label()).toBe('有人也改了，已存在本机，请先合并')
  other.crash()
  expect((await world.open()).left.map(({ content }) => content.text)).toEqual(['右'])
})

test('a save whose reply was lost is no conflict with oneself', async () => {
  const page = await world.open()
  world.fates = ['reply-lost']
  page.type('甲')
  await pass(10)
  expect(world.stored).toEqual({ version: 2, text: '甲' })
  expect(page.label()).toBe('已保存')
  expect(page.seen.said.map(({ type }) => type)).toEqual(['saved'])
})

test('another person at the same browser is not offered what was kept, and signing out clears one’s own alone', async () => {
  const mei = await world.open('mei')
  mei.type('梅写的')
  await pass(1)
  mei.crash()
  const bo = await world.open('bo')
  expect(bo.left).toEqual([])
  bo.type('波写的')
  await pass(1)
  await world.store.dropAllOf('bo')
  expect([...world.shelf.values()].map(({ owner }) => owner)).toEqual(['mei'])
})

test('a full browser is told, and told again to be well once it keeps', async () => {
  const page = await world.open()
  world.full = world.down = true
  page.type('甲')
  await pass(3)
  expect(page.label()).toBe('没有网络，本机存不下（可能满了），先别关这一页')
  world.full = false
  page.type('乙')
  await pass(1)
  expect(page.label()).toBe('没有网络，已存在本机')
})

test('a browser that keeps nothing still sends', async () => {
  const page = await world.open('mei', true)
  page.type('甲')
  expect(page.label()).toContain('先别关这一页')
  await pass(2)
  expect(world.stored.text).toBe('甲')
  expect(page.label()).toBe('已保存')
})

test('a busy site is asked again when it said, a broken one after a pause', async () => {
  const page = await world.open()
  world.fates = ['busy', 'broken']
  page.type('甲')
  await pass(2)
  expect(page.label()).toBe('网站忙，已存在本机，过一会儿再存')
  await pass(6)
  expect(world.requests).toHaveLength(1)
  await pass(1)
  expect(world.requests).toHaveLength(2)
  await pass(5)
  expect(page.label()).toBe('已保存')
})

test('who was signed out is told, and is saved after signing in again', async () => {
  const page = await world.open()
  world.fates = ['signed-out']
  page.type('甲')
  await pass(120)
  expect(page.label()).toBe('登录过期，已存在本机，请重新登录')
  expect(world.requests).toHaveLength(1)
  page.saving.hurry()
  await pass(0)
  expect(page.label()).toBe('已保存')
})

test('what was refused is told in words, and sent again only when it was changed', async () => {
  const page = await world.open()
  world.fates = ['wrong']
  page.type('甲')
  await pass(120)
  expect(page.label()).toBe('没有存上：稿子太长。写的内容还在本机。')
  expect(world.requests).toHaveLength(1)
  page.type('乙')
  await pass(2)
  expect(world.stored.text).toBe('甲乙')
})

test('a page that is left keeps at once what was written just now', async () => {
  const page = await world.open()
  page.type('甲')
  page.saving.leave()
  page.crash()
  await pass(0)
  expect((await world.open()).left.map(({ content }) => content.text)).toEqual(['甲'])
})

test('what was written on after a conflict goes along when both texts are asked for once more, over nobody', async () => {
  const page = await world.open()
  world.slow = 5
  world.stored = { version: 2, text: '他的' }
  page.type('甲')
  await pass(3)
  page.type('乙')
  await pass(60)
  expect(world.requests).toEqual(['甲'])
  expect(page.label()).toContain('请先合并')
  const asked = page.saving.again()
  await pass(5)
  expect(await asked).toBe(false)
  expect(world.requests).toEqual(['甲', '甲乙'])
  expect(world.stored.text).toBe('他的')
  expect(page.label()).toContain('请先合并')
  expect([...world.shelf.values()][0]?.content.text).toBe('甲乙')
})
