// Whoever looks after the machine is told what is wrong before anybody loses anything, and what to do.
import { expect, test } from 'vitest'
import { judgeStatus, sayAge, sayBytes, type Status } from '#process/judge-status.ts'

const at = '2026-03-10T02:00:00.000Z'
const before = (hours: number) => new Date(Date.parse(at) - hours * 3_600_000).toISOString()
const gigabyte = 1024 ** 3

const well: Status = {
  at,
  seconds: 3600,
  clock: { movedSeconds: 0.2, newestEventAt: before(0.1) },
  disk: { freeBytes: 20 * gigabyte, totalBytes: 100 * gigabyte, databaseBytes: gigabyte },
  backup: { newestAt: before(9), bytes: gigabyte, count: 14, testedAt: before(70), testedOk: true },
  queue: { waiting: 0, fault: null, since: null },
  errors: 0,
}

const only = (name: string, status: Partial<Status>) =>
  judgeStatus({ ...well, ...status }).find((one) => one.name === name)

test('where all is well nothing is asked of anybody', () => {
  expect(judgeStatus(well).map(({ name, tone, mend }) => [name, tone, mend])).toEqual(
    ['备份', '恢复试验', '磁盘', '时钟', '写入', '错误'].map((name) => [name, 'done', '']),
  )
})

test.each([
  ['备份', { backup: { ...well.backup, newestAt: null, count: 0 } }, '还没有备份。'],
  ['备份', { backup: { ...well.backup, newestAt: before(51) } }, '最近一份是2天前的，1 GB，共留着14份。'],
  ['恢复试验', { backup: { ...well.backup, testedOk: false } }, '3天前试着恢复，没有成。'],
  [
    '恢复试验',
    { backup: { ...well.backup, testedAt: before(24 * 16) } },
    '16天前试过，备份能恢复，链也接得上。',
  ],
  ['磁盘', { disk: { ...well.disk, freeBytes: gigabyte * 1.5 } }, '还空1.5 GB，全部100 GB；数据库占1 GB。'],
  [
    '磁盘',
    { disk: { ...well.disk, freeBytes: gigabyte / 2, databaseBytes: 1 } },
    '还空512 MB，全部100 GB；数据库占1 B。',
  ],
  [
    '时钟',
    { clock: { movedSeconds: 0, newestEventAt: before(-2) } },
    '服务器的钟比最新一条记录早2小时，可能被拨回过。',
  ],
  ['时钟', { clock: { movedSeconds: -61, newestEventAt: null } }, '启动以来，服务器的钟被拨过61秒。'],
  [
    '写入',
    { queue: { waiting: 9, fault: 'full', since: before(1) } },
    '从1小时前开始，磁盘写满了，暂时写不进去。',
  ],
  [
    '写入',
    { queue: { waiting: 9, fault: 'locked', since: null } },
    '数据库文件被别的程序占着，暂时写不进去。',
  ],
  ['错误', { errors: 3 }, '启动以来3次，见下表。'],
] as [string, Partial<Status>, string][])(
  '%s: what is wrong is said, and what to do (%#)',
  (name, status, says) => {
    const judged = only(name, status)
    expect(judged).toMatchObject({ tone: 'care', says })
    expect(judged?.mend).toMatch(/。$/)
  },
)

test('ages and sizes are said in the unit that fits', () => {
  expect([0, 29_000, 60_000, 59 * 60_000, 47 * 3_600_000, 49 * 3_600_000].map((age) => sayAge(age))).toEqual([
    ...['刚才', '刚才', '1分钟前', '59分钟前', '47小时前', '2天前'],
  ])
  expect([0, 1, 1023, 1024, 1536, 1024 ** 2 * 150, 1024 ** 4 * 5000].map(sayBytes)).toEqual([
    ...['0 B', '1 B', '1023 B', '1 KB', '1.5 KB', '150 MB', '5000 TB'],
  ])
})
