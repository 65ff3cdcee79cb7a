// Whether the process is well, in words for whoever looks after the machine: what is, and what to do about it.

/** What is known of the process and its machine. */
export type Status = {
  /** Instants are ISO UTC. */
  at: string
  /** Seconds since the process began. */
  seconds: number
  clock: {
    /** Seconds by which the clock of the machine was moved since the start; a clock that runs alone shows 0. */
    movedSeconds: number
    /** When the newest event was received; null before the first. */
    newestEventAt: string | null
  }
  disk: { freeBytes: number; totalBytes: number; databaseBytes: number }
  backup: {
    newestAt: string | null
    bytes: number
    count: number
    /** The last time that a backup was restored to see whether it holds. */
    testedAt: string | null
    testedOk: boolean | null
  }
  queue: { waiting: number; fault: 'locked' | 'full' | 'broken' | null; since: string | null }
  errors: number
}

export type Judgement = {
  name: string
  tone: 'done' | 'care'
  /** What is, in a Chinese sentence. */
  says: string
  /** What to do; empty when all is well. */
  mend: string
}

const hour = 3_600_000
/** One night's backup may fail; two in a row are trouble. */
const oldBackup = 50 * hour
const oldTest = 15 * 24 * hour
const leastFree = 1024 ** 3
const clockSeconds = 5

/** Judges everything that /admin/status shows, in the order in which it is shown. */
export function judgeStatus(status: Status): Judgement[] {
  return [
    backupOf(status),
    testOf(status),
    diskOf(status),
    clockOf(status),
    queueOf(status),
    errorsOf(status),
  ]
}

const judged = (name: string, says: string, mend = ''): Judgement => ({
  ...{ name, says, mend },
  tone: mend === '' ? 'done' : 'care',
})

function backupOf({ at, backup }: Status): Judgement {
  if (backup.newestAt === null)
    return judged('备份', '还没有备份。', '每夜零点半会自动备份；现在就要一份，运行 npm run backup。')
  const age = Date.parse(at) - Date.parse(backup.newestAt)
  const says = `最近一份是${sayAge(age)}的，${sayBytes(backup.bytes)}，共留着${backup.count}份。`
  const mend = '夜里的备份没有成，请看日志里的原因，再运行 npm run backup。'
  return judged('备份', says, age > oldBackup ? mend : '')
}

function testOf({ at, backup }: Status): Judgement {
  if (backup.testedAt === null)
    return judged(
      '恢复试验',
      backup.newestAt ? '还没有试过，每周日凌晨自动试一次。' : '有了备份以后每周试一次。',
    )
  const age = Date.parse(at) - Date.parse(backup.testedAt)
  if (!backup.testedOk)
    return judged(
      '恢复试验',
      `${sayAge(age)}试着恢复，没有成。`,
      '请再运行 npm run backup，并查磁盘是否有坏处。',
    )
  return judged(
    '恢复试验',
    `${sayAge(age)}试过，备份能恢复，链也接得上。`,
    age > oldTest ? '已经很久没有试，请看日志里的原因。' : '',
  )
}

function diskOf({ disk }: Status): Judgement {
  const says = `还空${sayBytes(disk.freeBytes)}，全部${sayBytes(disk.totalBytes)}；数据库占${sayBytes(disk.databaseBytes)}。`
  // A backup and a migration each need room for one more copy.
  const little = disk.freeBytes < Math.max(leastFree, 2 * disk.databaseBytes)
  return judged('磁盘', says, little ? '空间不多了，请腾出或加大磁盘；写满以后只能看，不能记。' : '')
}

function clockOf({ at, clock }: Status): Judgement {
  const ahead = clock.newestEventAt === null ? 0 : Date.parse(clock.newestEventAt) - Date.parse(at)
  const mend = '请打开系统的自动对时（NTP），学习时间全按服务器的钟。'
  if (ahead > clockSeconds * 1000)
    return judged('时钟', `服务器的钟比最新一条记录早${sayAge(ahead, '')}，可能被拨回过。`, mend)
  if (Math.abs(clock.movedSeconds) > clockSeconds)
    return judged('时钟', `启动以来，服务器的钟被拨过${Math.round(Math.abs(clock.movedSeconds))}秒。`, mend)
  return judged('时钟', '启动以来没有被拨动过。')
}

const faults = {
  locked: [
    '数据库文件被别的程序占着，暂时写不进去。',
    '请关掉打开了数据库文件的程序，例如备份软件或数据库工具。',
  ],
  full: ['磁盘写满了，暂时写不进去。', '请腾出空间，之后会自己恢复，不用重启。'],
  broken: ['数据库写入时出错。', '请查磁盘；若不能恢复，停止服务后运行 npm run restore -- --from newest。'],
} as const

function queueOf({ at, queue }: Status): Judgement {
  if (queue.fault === null)
    return judged('写入', queue.waiting > 1000 ? `有${queue.waiting}项在排队。` : '随到随写，没有积压。')
  const [says, mend] = faults[queue.fault]
  const lasting = queue.since ? `从${sayAge(Date.parse(at) - Date.parse(queue.since))}开始，` : ''
  return judged('写入', `${lasting}${says}`, mend)
}

const errorsOf = ({ errors }: Status): Judgement =>
  errors === 0
    ? judged('错误', '启动以来没有。')
    : judged('错误', `启动以来${errors}次，见下表。`, '请把下表和日志交给维护的人。')

/** How long ago, in words; `ago` is what stands behind the amount. */
export function sayAge(milliseconds: number, ago = '前'): string {
  const minutes = Math.max(0, Math.round(milliseconds / 60_000))
  if (minutes < 1) return ago === '' ? '不到1分钟' : '刚才'
  if (minutes < 60) return `${minutes}分钟${ago}`
  if (minutes < 48 * 60) return `${Math.round(minutes / 60)}小时${ago}`
  return `${Math.round(minutes / 60 / 24)}天${ago}`
}

/** Bytes with the unit that fits. */
export function sayBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  const step = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10))
  const value = bytes / 1024 ** step
  return `${value >= 100 || step === 0 ? Math.round(value) : Math.round(value * 10) / 10} ${units[step]}`
}
