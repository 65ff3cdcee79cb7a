import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { setClock } from '#clock.server.ts'
import { read, write } from '#db/database.server.ts'
import { meritDeed, meritRule } from '#db/schema/village.ts'
import { HallSheet } from '#kiosk/hall-sheet.ts'
import { endMerit, enterDeed, setMerit, takeBackDeed } from '#kiosk/visitor/keep-merit.server.ts'
import { EnterDeedForm, readRules, SetMeritForm, writeRules } from '#kiosk/visitor/merit-forms.ts'
import { meritOf, meritPage } from '#kiosk/visitor/merit.server.ts'
import type { Session } from '#people/session.ts'
import { plantPerson } from '../../people/roster/county.ts'
import { freshDatabase } from '../../support/database.ts'
import { hall, kindOf } from './hall.ts'

freshDatabase()
const here = hall()
let officer: Session
let stranger: Session
let unit: string
beforeAll(async () => {
  officer = await plantPerson('officer', ['officer', here.place.baishi])
  stranger = await plantPerson('stranger', ['officer', here.place.heshan])
  unit = here.place.yunling.id
})
beforeEach(async () => {
  setClock(() => new Date('2026-11-27T02:00:00.000Z'))
  await write((tx) => tx.delete(meritDeed))
  await write((tx) => tx.delete(meritRule))
})

const rules = [
  { id: 'r1', deed: '义务打扫村道', points: 2 },
  { id: 'r2', deed: '照看邻居家的老人', points: 3 },
]
const set = (by = officer, more: Partial<SetMeritForm> = {}) =>
  setMerit(by, { unit, title: '家风银行', agreedOn: '2026-10-01', rules, byAssembly: 'yes', ...more })
const enter = (household: string, more: Partial<EnterDeedForm> = {}) =>
  enterDeed(officer, {
    ...{ unit, rule: 'r1', household, on: '2026-11-20', wants: 'yes', shown: true },
    ...more,
  })

describe('a village', () => {
  test('that set no rules has nothing of the kind on its screen', async () => {
    expect(await meritOf(unit)).toBeNull()
    expect(await kindOf(enter('张大娘家'))).toBe('invalid')
  })

  test('shows its rules and the deeds of those who agreed, by day and never added up', async () => {
    await set()
    await enter('张大娘家', { on: '2026-11-02' })
    await enter('坡上李家', { on: '2026-11-20', rule: 'r2' })
    await enter('张大娘家', { on: '2026-11-10' })
    await enter('不愿露面的', { shown: false })
    const merit = await meritOf(unit)
    expect(HallSheet.shape.merit.parse(merit)).toEqual({
      ...{ title: '家风银行', agreedOn: '2026-10-01', rules },
      deeds: [
        { household: '坡上李家', deed: '照看邻居家的老人', points: 3, on: '2026-11-20' },
        { household: '张大娘家', deed: '义务打扫村道', points: 2, on: '2026-11-10' },
        { household: '张大娘家', deed: '义务打扫村道', points: 2, on: '2026-11-02' },
      ],
    })
    expect(await meritOf(here.place.shuikou.id)).toBeNull()
  })

  test('that changes its rules leaves the deeds as they were entered', async () => {
    await set()
    await enter('张大娘家')
    await set(officer, { rules: [{ id: 'r1', deed: '打扫', points: 9 }] })
    const merit = await meritOf(unit)
    expect(merit?.rules).toEqual([{ id: 'r1', deed: '打扫', points: 9 }])
    expect(merit?.deeds).toMatchObject([{ deed: '义务打扫村道', points: 2 }])
  })

  test('that stops keeps nothing of any household', async () => {
    await set()
    await enter('张大娘家')
    await endMerit(officer, { unit, sure: 'yes' })
    expect(await meritOf(unit)).toBeNull()
    expect(await read.select().from(meritDeed)).toEqual([])
    expect(await kindOf(endMerit(officer, { unit, sure: 'yes' }))).toBe('already-done')
  })
})

describe('a deed', () => {
  test('entered by mistake is taken back with the name of the household', async () => {
    await set()
    await enter('张大娘家')
    const [deed] = (await meritPage(unit))?.deeds ?? []
    if (!deed) throw new Error('It was entered.')
    expect(await kindOf(takeBackDeed(stranger, { deed: deed.id }))).toBe('not-found')
    await takeBackDeed(officer, { deed: deed.id })
    expect((await meritOf(unit))?.deeds).toEqual([])
    const [row] = await read.select().from(meritDeed).where(eq(meritDeed.id, deed.id))
    expect(row?.household).toBe('')
    expect(await kindOf(takeBackDeed(officer, { deed: deed.id }))).toBe('not-found')
  })

  test('is not written down of a household that did not want it, nor before it was done', async () => {
    const sent = { unit, rule: 'r1', household: '张大娘家', on: '2026-11-20', shown: null }
    expect(EnterDeedForm.safeParse({ ...sent, wants: null }).success).toBe(false)
    expect(EnterDeedForm.parse({ ...sent, wants: 'yes' }).shown).toBe(false)
    await set()
    expect(await kindOf(enter('张大娘家', { on: '2026-11-28' }))).toBe('invalid')
  })
})

describe('rules', () => {
  test('are set for the own units only, by an assembly that has been held', async () => {
    expect(await kindOf(set(stranger))).toBe('not-yours')
    expect(await kindOf(set(officer, { agreedOn: '2026-11-28' }))).toBe('invalid')
    const sent = { unit, title: '家风银行', agreedOn: '2026-10-01', rules: '义务打扫村道 2' }
    expect(SetMeritForm.safeParse({ ...sent, byAssembly: null }).success).toBe(false)
    expect(SetMeritForm.parse({ ...sent, byAssembly: 'yes' }).rules).toEqual([
      { id: 'r1', deed: '义务打扫村道', points: 2 },
    ])
  })

  test('are read line by line and written as they were', () => {
    expect(readRules('义务打扫村道 2\n\n 照看邻居家的老人　３分 ')).toEqual(rules)
    expect(readRules(writeRules(rules))).toEqual(rules)
  })

  test('know no deductions, and say which line to mend', () => {
    expect(readRules('打扫 2\n乱扔垃圾 -5')).toMatch(/^第2行.*只加分，不扣分。$/)
    expect(readRules('打扫')).toMatch(/^第1行/)
    expect(readRules('打扫 2\n打扫 3')).toBe('“打扫”写了两次。')
    expect(readRules(' \n')).toBe('一行写一条，例如：义务打扫村道 2')
  })
})
