// A small pack and an empty hall.
import type { HallSheet } from '#kiosk/hall-sheet.ts'
import type { Contents } from '#kiosk/pack/contents.ts'
import type { Item } from '#quiz/question.ts'

const story = (id: string): Contents['stories'][number] => ({
  id,
  address: `/stories/${id}`,
  title: id,
  hall: '家风',
  path: '不想腐',
  summary: '',
  question: '',
  attribution: 'certain',
  sources: [],
  picture: null,
  text: `/kiosk/pack/text/${id}.html`,
  pinyin: `/kiosk/pack/pinyin/${id}.html`,
  recording: null,
})

export const item = (id: string, source?: string): Item => ({
  id,
  revision: 1,
  kind: 'true-false',
  indicator: 'integrity',
  difficulty: 'easy',
  passage: '原文',
  stem: '题干',
  rationale: '因为',
  key: true,
  ...(source ? { source } : {}),
})

export const contents: Contents = {
  title: '家风里的清白',
  slots: [],
  stories: [story('sto-a'), story('sto-b')],
  lessons: [
    {
      ...{ id: 'lsn-a', edition: 1, revision: 'r1', address: '/courses/a/a', title: '课', course: '课程' },
      ...{ summary: '', path: '不想腐', attribution: 'certain', minutes: 10, sections: [], items: ['itm-1'] },
      ...{ text: '/kiosk/pack/text/lsn-a.html', pinyin: '/kiosk/pack/pinyin/lsn-a.html', recording: null },
    },
  ],
  quotations: [
    { text: '甲', source: '《甲》', attribution: 'certain', of: 'sto-a' },
    { text: '乙', source: '《乙》', attribution: 'certain', of: 'sto-b' },
  ],
  items: { 'itm-1': item('itm-1'), 'itm-2': item('itm-2', 'sto-a'), 'itm-3': item('itm-3', 'sto-b') },
  game: ['itm-1', 'itm-2', 'itm-3'],
}

export const sheet: HallSheet = {
  version: '1',
  kiosk: { id: 'k1', name: '一楼' },
  unit: { name: '石桥村' },
  roster: [],
  notices: [],
  told: [],
  merit: null,
  sessions: [],
}

export const slot = (from: string, to: string, days: number[] | null = null) => ({
  from,
  to,
  days,
  fromOn: null as string | null,
  toOn: null as string | null,
  shows: [],
})

export const notice = (more: Partial<HallSheet['notices'][number]>): HallSheet['notices'][number] => ({
  ...{ id: 'n', title: '通知', text: '', fromOn: '2026-11-01', toOn: '2026-11-30', from: null, to: null },
  unit: '石桥村',
  ...more,
})

export const told = (id: string): HallSheet['told'][number] => ({
  ...{ id, title: '账本', teller: '', text: '', voice: null, seconds: null },
  at: '2026-11-01T00:00:00.000Z',
})
