import { expect, test } from 'vitest'
import { effectiveAt, formerKey, onceKey } from '#record/events/effective.ts'
import * as happen from '../happenings.ts'

happen.stoppedClock('2026-03-10T02:00:00.000Z')
const person = 'p'

test.each([
  [
    'an answer: when the server heard of it',
    happen.answered({ person, at: '2020-01-01T00:00:00.000Z' }),
    '2026-03-10T02:00:00.000Z',
  ],
  [
    'an observation of last month: noon of its day in Shanghai',
    happen.observed({ person, observedOn: '2026-02-10' }),
    '2026-02-10T04:00:00.000Z',
  ],
  [
    'a class: noon of its last day',
    happen.imported({ person, startOn: '2026-01-01', endOn: '2026-01-05' }),
    '2026-01-05T04:00:00.000Z',
  ],
  [
    'an attendance: noon of its day',
    happen.attended({ person, on: '2026-03-09' }),
    '2026-03-09T04:00:00.000Z',
  ],
  [
    'an attendance told before noon of its own day: when it was told',
    happen.attended({ person, on: '2026-03-10' }),
    '2026-03-10T02:00:00.000Z',
  ],
  [
    'an answer graded anew: when the first one was heard of',
    happen.answered({
      person,
      regrades: { event: '6f1d4f6e-0000-7000-8000-000000000000', effectiveAt: '2026-03-01T02:00:00.000Z' },
    }),
    '2026-03-01T02:00:00.000Z',
  ],
  [
    'an answer graded anew that would lie ahead: when it was heard of',
    happen.answered({
      person,
      regrades: { event: '6f1d4f6e-0000-7000-8000-000000000000', effectiveAt: '2027-03-01T02:00:00.000Z' },
    }),
    '2026-03-10T02:00:00.000Z',
  ],
  ['a correction: when it was made', happen.corrected({ person, corrects: 'e' }), '2026-03-10T02:00:00.000Z'],
])('%s', (_, event, at) => {
  expect(effectiveAt(event, '2026-03-10T02:00:00.000Z')).toBe(at)
})

test('visits and answers may repeat; a finish, a test, an observation, a class, an attendance, a correction and a settling may not', () => {
  expect(onceKey(happen.opened({ person }))).toBeNull()
  expect(onceKey(happen.studied({ person }))).toBeNull()
  expect(onceKey(happen.answered({ person }))).toBeNull()
  expect(onceKey(happen.observed({ person, observedOn: '2026-03-09' }))).toBe(
    'observed:officer-1:2026-03-09:p:mediation',
  )
  expect(onceKey(happen.completed({ person }))).toBe('completed:p:lsn-a:1:2026')
  expect(onceKey(happen.tested({ person, at: '2026-03-09T16:00:00.000Z' }))).toBe('tested:p:crs-a:2026-03-10')
  expect(onceKey(happen.imported({ person }))).toBe(
    'imported:p:concentrated:市委党校专题班:2026-02-02:2026-02-04',
  )
  expect(onceKey(happen.attended({ person }))).toBe('attended:p:三月三会一课:2026-03-01')
  expect(onceKey(happen.corrected({ person, corrects: 'e' }))).toBe('corrected:e')
  expect(onceKey(happen.settled({ person, about: 'cell:x', dispute: 'd' }))).toBe('settled:d')
})

test('a class is one class, however its title is spaced, widened and bracketed; another number is another class', () => {
  const keyOf = (title: string) => onceKey(happen.imported({ person, title }))
  const key = 'imported:p:concentrated:村干部培训班(第2期)abc:2026-02-02:2026-02-04'
  for (const title of [
    '村干部培训班(第2期)ABC',
    '村干部培训班（第2期）abc',
    ' 村干部 培训班　（第２期）ＡＢＣ',
    '村干部\u200B培训班〔第2期〕Abc',
    '村干部培训班【第2期】ABC',
    '村干部培训班［第2期］ABC',
  ])
    expect(keyOf(title)).toBe(key)
  expect(keyOf('村干部培训班（第3期）ABC')).not.toBe(key)
  expect(keyOf('村干部培训班第2期ABC')).not.toBe(key)
})

test('an event is still known by the key of earlier versions, where that is another', () => {
  const title = '培训班（一）'
  expect(formerKey(happen.imported({ person, title }))).toBe(
    `imported:p:concentrated:${title}:2026-02-02:2026-02-04`,
  )
  expect(formerKey(happen.imported({ person, title: '培训班' }))).toBeNull()
  expect(formerKey(happen.attended({ person, title }))).toBeNull()
})
