import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { v7 } from 'uuid'
import { eq } from 'drizzle-orm'
import { read, write } from '#db/database.server.ts'
import { media } from '#db/schema/library.ts'
import { audit } from '#db/schema/people.ts'
import { toldStory } from '#db/schema/village.ts'
import { HallSheet } from '#kiosk/hall-sheet.ts'
import { dropLeftVoices } from '#kiosk/visitor/drop-voice.server.ts'
import { endOfReceipt, receiptOf } from '#kiosk/visitor/receipt.ts'
import { listTold, reviewTold, takeDownTold } from '#kiosk/visitor/review-told.server.ts'
import { TakeDownToldForm } from '#kiosk/visitor/told-forms.ts'
import { toldIn } from '#kiosk/visitor/told.server.ts'
import { cutVoice, joinVoice } from '#kiosk/visitor/voice.ts'
import type { Session } from '#people/session.ts'
import { plantPerson } from '../../people/roster/county.ts'
import { webm } from '../../studio/files/made-files.ts'
import { freshDatabase } from '../../support/database.ts'
import { entryOf, sayHello } from '../../support/kiosk.ts'
import { arrive, hall, reasonOf, statesOf, storyOf, tell, kindOf } from './hall.ts'

freshDatabase()
const here = hall()
let reviewer: Session
let stranger: Session
beforeAll(async () => {
  reviewer = await plantPerson('reviewer', ['reviewer', here.place.baishi])
  stranger = await plantPerson('stranger', ['reviewer', here.place.heshan])
})

const inMedia = (stored: string | null | undefined) => join(here.dataDir, 'media', stored ?? '')

describe('a story that was told', () => {
  test('waits for somebody to read it, and no screen shows it until then', async () => {
    const entries = await tell(here.screen)
    await arrive(entries)
    expect(await statesOf(entries)).toEqual(['settled'])
    expect(await storyOf(entries[0]?.id ?? '')).toMatchObject({
      ...{ state: 'waiting', title: '奶奶的记账本', teller: '张大娘', voice: null },
      ...{ unitId: here.place.yunling.id, consent: 'told-2026-11', reviewedBy: null },
    })
    expect(await toldIn(here.place.yunling.id)).toEqual([])
  })

  test('with its voice is there once the last part has come, in whatever order and however often they come', async () => {
    const voice = webm([2], 4_200)
    expect(cutVoice(voice).length).toBeGreaterThan(2)
    const short = webm([2], 90)
    const entries = await tell(here.screen, {}, short)
    const long = await tell(here.screen, { title: '很长的' }, voice)
    for (const entry of entries.toReversed()) await arrive([entry, entry])
    expect(await statesOf(entries)).toEqual(entries.map(() => 'settled'))
    const told = await storyOf(entries[0]?.id ?? '')
    expect(told).toMatchObject({ state: 'waiting', seconds: 90 })
    expect(readFileSync(inMedia(told?.voice)).equals(short)).toBe(true)

    const [story, first, ...rest] = long
    if (!story || !first) throw new Error('A voice has parts.')
    await arrive([...rest, story])
    expect(await statesOf([story, ...rest])).toEqual([story, ...rest].map(() => 'waiting'))
    expect(await storyOf(story.id)).toBeUndefined()
    await arrive([first])
    expect(await statesOf(long)).toEqual(long.map(() => 'settled'))
    // Seventy minutes are no story of three; nothing of it stays on the disk.
    expect(await storyOf(story.id)).toMatchObject({
      state: 'declined',
      voice: null,
      reason: '录音坏了，打不开。',
    })
  })

  test('with more parts than it said is refused whole, and holds up nobody by being put together again and again', async () => {
    const entries = await tell(here.screen, {}, webm([2], 90))
    const [story] = entries
    if (!story) throw new Error('Nothing was told.')
    const part = { kind: 'voice-part', story: story.id, part: 0, bytes: 'AAAA' } as const
    const more = [await entryOf(here.screen, part), await entryOf(here.screen, part)]
    await arrive([...entries, ...more])
    const all = [...entries, ...more]
    expect(await statesOf(all)).toEqual(all.map(() => 'refused'))
    expect(await storyOf(story.id)).toBeUndefined()
  })

  test('is not kept as sound when it is film, or nothing that plays', async () => {
    for (const bytes of [webm([1, 2], 5), Buffer.from('MZ this is a program')]) {
      const entries = await tell(here.screen, { title: '不是录音' }, bytes)
      await arrive(entries)
      expect(await storyOf(entries[0]?.id ?? '')).toMatchObject({ state: 'declined', voice: null, title: '' })
    }
    const stored = await read.select().from(media)
    expect(stored.every(({ extension }) => extension === 'weba')).toBe(true)
  })

  test('under words that nobody showed, or without any content, is refused with its reason', async () => {
    const [old] = await tell(here.screen, { consent: 'none' })
    const [empty] = await tell(here.screen, { text: '  ' })
    if (!old || !empty) throw new Error('There are two.')
    await arrive([old, empty])
    expect(await reasonOf(old)).toBe('讲的人没有看到现在的说明，没有收下。')
    expect(await reasonOf(empty)).toBe('里面没有内容，没有收下。')
    const spoken = await tell(here.screen, { consent: 'none' }, webm([2], 9))
    await arrive(spoken)
    expect(await statesOf(spoken)).toEqual(spoken.map(() => 'refused'))
  })
})

describe('a reviewer', () => {
  async function aStory(seconds: number) {
    const entries = await tell(here.screen, { title: `讲了${seconds}秒` }, webm([2], seconds))
    await arrive(entries)
    const id = entries[0]?.id ?? ''
    return { id, voice: (await storyOf(id))?.voice ?? '' }
  }

  test('lets it be shown, and the screens of that village alone have it at their next contact', async () => {
    const { id, voice } = await aStory(31)
    await reviewTold(reviewer, { story: id, verdict: 'show', reason: '' })
    const shown = await toldIn(here.place.yunling.id)
    expect(shown).toMatchObject([{ id, title: '讲了31秒', voice: `/media/${voice}`, seconds: 31 }])
    expect(() => HallSheet.shape.told.parse(shown)).not.toThrow()
    expect(await toldIn(here.place.shuikou.id)).toEqual([])
    const hello = await sayHello(here.screen)
    expect(hello.is === 'welcome' && hello.sheet?.told.map((one) => one.id)).toEqual([id])
    expect(await kindOf(reviewTold(reviewer, { story: id, verdict: 'show', reason: '' }))).toBe(
      'already-done',
    )
  })

  test('declines with a reason, and then nothing that was said is left anywhere', async () => {
    const { id, voice } = await aStory(32)
    expect(existsSync(inMedia(voice))).toBe(true)
    expect(await kindOf(reviewTold(reviewer, { story: id, verdict: 'decline', reason: '' }))).toBe('invalid')
    await reviewTold(reviewer, { story: id, verdict: 'decline', reason: '说到了别人的病。' })
    expect(await storyOf(id)).toMatchObject({
      ...{ state: 'declined', title: '', teller: '', text: '', voice: null, reason: '说到了别人的病。' },
      reviewedBy: reviewer.person.id,
    })
    expect(existsSync(inMedia(voice))).toBe(false)
    expect(
      await read
        .select()
        .from(media)
        .where(eq(media.hash, voice.split('.')[0] ?? '')),
    ).toEqual([])
  })

  test('takes it down when its teller comes with the receipt', async () => {
    const { id, voice } = await aStory(33)
    await reviewTold(reviewer, { story: id, verdict: 'show', reason: '' })
    const found = await listTold(reviewer, ` ${receiptOf(id).toLowerCase().replace('-', ' ')} `)
    expect(found?.map((one) => one.id)).toEqual([id])
    await takeDownTold(reviewer, { story: id, reason: '讲的人要求' })
    expect(existsSync(inMedia(voice))).toBe(false)
    expect((await toldIn(here.place.yunling.id)).map((one) => one.id)).not.toContain(id)
    expect((await listTold(reviewer, receiptOf(id)))?.[0]).toMatchObject({ state: 'taken-down', text: '' })
    const noted = await read.select({ act: audit.act }).from(audit).where(eq(audit.target, id))
    expect(noted.map(({ act }) => act)).toEqual(['told-shown', 'told-taken-down'])
  })

  test('of another township neither finds it nor can do anything with it', async () => {
    const { id } = await aStory(34)
    expect(await listTold(stranger, receiptOf(id))).toEqual([])
    expect(await kindOf(reviewTold(stranger, { story: id, verdict: 'show', reason: '' }))).toBe('not-found')
    expect(await kindOf(takeDownTold(stranger, { story: id, reason: '不要' }))).toBe('not-found')
    expect((await storyOf(id))?.state).toBe('waiting')
  })

  test('has to say why something is taken down', () => {
    expect(TakeDownToldForm.safeParse({ story: 'x', reason: null }).success).toBe(false)
  })

  test('removes no recording that another story still needs', async () => {
    const one = await aStory(35)
    const two = await aStory(35)
    expect(two.voice).toBe(one.voice)
    await reviewTold(reviewer, { story: one.id, verdict: 'decline', reason: '讲了两遍。' })
    expect(existsSync(inMedia(one.voice))).toBe(true)
    await reviewTold(reviewer, { story: two.id, verdict: 'decline', reason: '讲了两遍。' })
    expect(existsSync(inMedia(one.voice))).toBe(false)
  })

  test('is not deceived by a process that died in between: the recording goes with the next night', async () => {
    const { id, voice } = await aStory(36)
    await write((tx) => tx.update(toldStory).set({ state: 'taken-down' }).where(eq(toldStory.id, id)))
    await dropLeftVoices(here.dataDir)
    expect([existsSync(inMedia(voice)), (await storyOf(id))?.voice]).toEqual([false, null])
  })
})

describe('a receipt', () => {
  test('leads back to the end of its id, however it is typed', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        const end = id.replaceAll('-', '').slice(-10)
        const receipt = receiptOf(id)
        expect(endOfReceipt(receipt)).toBe(end)
        expect(endOfReceipt(receipt.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(end)
      }),
    )
  })

  test('is eight letters, and nothing else is one', () => {
    expect(receiptOf(v7())).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    for (const text of ['', '7KQD-9M2', '7KQD-9M2XX', '回执七七七七']) expect(endOfReceipt(text)).toBeNull()
  })
})

test('a voice comes together as it was, and never with a part missing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 200_000 }), (bytes) => {
      const parts = cutVoice(bytes)
      const map = new Map(parts.entries())
      expect(joinVoice(map, parts.length)).toEqual(new Uint8Array(bytes))
      map.delete(parts.length - 1)
      expect(joinVoice(map, parts.length)).toBeNull()
    }),
    { numRuns: 20 },
  )
})
