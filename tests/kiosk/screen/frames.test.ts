import { expect, test } from 'vitest'
import { hallTime, sayTime, within } from '#kiosk/screen/hall-clock.ts'
import { framesAt, noticesAt, questionOf, slotAt } from '#kiosk/screen/frames.ts'
import { withoutWithdrawn } from '#kiosk/screen/without-withdrawn.ts'
import { contents, notice, sheet, slot, told } from './sample.ts'

/** 2026-11-20 is a Friday. */
const at = (minute: string, on = '2026-11-20') => hallTime(Date.parse(`${on}T${minute}:00+08:00`))

test('the hour on the screen is that of the hall, wherever the machine believes to be', () => {
  expect(sayTime(hallTime(Date.parse('2026-11-20T11:12:00Z')))).toBe('11月20日　星期五　19:12')
  expect(hallTime(Date.parse('2026-11-22T17:00:00Z'))).toEqual({
    on: '2026-11-23',
    minute: '01:00',
    weekday: 1,
  })
})

test('a span of the day may run over midnight', () => {
  expect([within('23:00', '22:00', '06:00'), within('05:59', '22:00', '06:00')]).toEqual([true, true])
  expect([within('06:00', '22:00', '06:00'), within('12:00', '12:00', '13:00')]).toEqual([false, true])
})

test('the slot of the hour and of the day of the week holds', () => {
  const slots = [slot('08:00', '12:00', [6, 7]), slot('08:00', '12:00'), slot('12:00', '20:00')]
  expect(slotAt(slots, at('09:00'))).toBe(slots[1])
  expect(slotAt(slots, at('09:00', '2026-11-21'))).toBe(slots[0])
  expect(slotAt(slots, at('21:00'))).toBeNull()
  const festival = { ...slot('00:00', '24:00'), fromOn: '2026-11-20', toOn: '2026-11-21' }
  expect(slotAt([festival, ...slots], at('21:00', '2026-11-21'))).toBe(festival)
  for (const on of ['2026-11-19', '2026-11-22'])
    expect(slotAt([festival, ...slots], at('21:00', on))).not.toBe(festival)
})

test('a notice is shown on its days and at its hours only', () => {
  const notices = [
    notice({ id: 'day', fromOn: '2026-11-20', toOn: '2026-11-21' }),
    notice({ id: 'hour', fromOn: '2026-11-01', toOn: '2026-11-30', from: '18:00', to: '20:00' }),
    notice({ id: 'open', fromOn: '2026-11-01', toOn: '2026-11-30', from: '18:00' }),
    notice({ id: 'past', fromOn: '2026-11-01', toOn: '2026-11-19' }),
  ]
  const ids = (minute: string) => noticesAt(notices, at(minute)).map(({ id }) => id)
  expect(ids('09:00')).toEqual(['day'])
  expect(ids('19:00')).toEqual(['day', 'hour', 'open'])
  expect(ids('23:30')).toEqual(['day', 'open'])
})

test('the question of a day is the same all day, another the next day, and each comes in turn', () => {
  const days = ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23']
  const asked = days.map((on) => questionOf(on, contents)?.id)
  expect(questionOf('2026-11-20', contents)?.id).toBe(asked[0])
  expect(new Set(asked.slice(0, 3)).size).toBe(3)
  expect(asked[3]).toBe(asked[0])
  expect(questionOf('2026-11-20', { ...contents, game: [] })).toBeNull()
})

test('the screen shows what its slot names, in order, with the hall’s own stories and notices that hold', () => {
  const planned = {
    ...contents,
    slots: [
      {
        ...slot('00:00', '24:00'),
        shows: [
          { is: 'quotation' as const, index: 0 },
          { is: 'story' as const, id: 'sto-b' },
          { is: 'told' as const },
          { is: 'notices' as const },
          { is: 'question' as const },
        ],
      },
    ],
  }
  const hall = { ...sheet, told: [told('t1')], notices: [notice({ id: 'n1' })] }
  expect(framesAt(planned, hall, at('10:00')).map(({ is }) => is)).toEqual([
    'quotation',
    'story',
    'told',
    'notice',
    'question',
  ])
})

test('a notice that holds is shown even where the slot forgot it', () => {
  const planned = {
    ...contents,
    slots: [{ ...slot('00:00', '24:00'), shows: [{ is: 'story' as const, id: 'sto-a' }] }],
  }
  const hall = { ...sheet, notices: [notice({ id: 'n1' })] }
  expect(framesAt(planned, hall, at('10:00')).map(({ is }) => is)).toEqual(['notice', 'story'])
})

test('between slots everything is shown by turns, and a pack with nothing shows nothing', () => {
  const all = framesAt(contents, { ...sheet, told: [told('t1')] }, at('10:00')).map(({ is }) => is)
  expect(all).toEqual(['quotation', 'story', 'told', 'quotation', 'story', 'question'])
  expect(framesAt({ ...contents, stories: [], quotations: [], game: [] }, sheet, at('10:00'))).toEqual([])
})

test('what was withdrawn is gone at once: text, words on the wall, and what is asked of it', () => {
  const planned = {
    ...contents,
    slots: [
      {
        ...slot('00:00', '24:00'),
        shows: [
          { is: 'story' as const, id: 'sto-a' },
          { is: 'quotation' as const, index: 0 },
          { is: 'quotation' as const, index: 1 },
        ],
      },
    ],
  }
  const left = withoutWithdrawn(planned, ['sto-a', 'lsn-a'])
  expect(left.stories.map(({ id }) => id)).toEqual(['sto-b'])
  expect(left.lessons).toEqual([])
  expect(left.game).toEqual(['itm-3'])
  expect(framesAt(left, sheet, at('10:00'))).toEqual([{ is: 'quotation', quotation: contents.quotations[1] }])
  expect(withoutWithdrawn(planned, [])).toBe(planned)
})
