// How a screen is, in words, from what it said of itself at its last hello. Colour never stands alone.

const day = 86_400_000

/** `yellow` from two days of silence on, `orange` from seven, `red` from twenty-one; `never` before the first hello. */
export type Silence = 'never' | 'near' | 'yellow' | 'orange' | 'red'

/** Whole days from which on each of the three is said. */
export const silentFrom = { yellow: 2, orange: 7, red: 21 } as const

/** @param helloAt ISO, null before the first hello. @param at now, ms since 1970. */
export function silenceOf(helloAt: string | null, at: number): Silence {
  if (helloAt === null) return 'never'
  const days = (at - Date.parse(helloAt)) / day
  if (days >= silentFrom.red) return 'red'
  if (days >= silentFrom.orange) return 'orange'
  return days >= silentFrom.yellow ? 'yellow' : 'near'
}

/** What each is called where screens are chosen by it. */
export const silenceNames: Record<Silence, string> = {
  near: '联系得上',
  yellow: '2天以上没有联系',
  orange: '7天以上没有联系',
  red: '21天以上没有联系',
  never: '还没有联系过',
}

/** How long ago, in words: 5小时前联系过; of a silent one 9天没有联系. */
export function sayContact(helloAt: string | null, at: number): string {
  if (helloAt === null) return '还没有联系过'
  const seconds = Math.max(0, Math.floor((at - Date.parse(helloAt)) / 1000))
  if (seconds < 120) return '刚刚联系过'
  return silenceOf(helloAt, at) === 'near' ? `${saySpan(seconds)}前联系过` : `${saySpan(seconds)}没有联系`
}

/** A span in its largest whole unit, from minutes to years. */
function saySpan(seconds: number): string {
  const units: [number, string][] = [
    [365 * 86_400, '年'],
    [86_400, '天'],
    [3_600, '小时'],
    [60, '分钟'],
  ]
  const [length, name] = units.find(([length]) => seconds >= length) ?? [1, '秒']
  return `${Math.floor(seconds / length)}${name}`
}

/** A clock that is off by less than a minute serves for everything that a screen shows by the hour. */
const exactSeconds = 60

/** The wall clock of a screen against the server's. @param error its clock minus ours; null while unknown. */
export function sayClock(error: number | null): string {
  if (error === null) return '还不知道'
  if (Math.abs(error) < exactSeconds) return '准'
  return `${error > 0 ? '快' : '慢'}了${saySpan(Math.abs(error))}`
}

/** Whether somebody should set the clock: loops by the hour and notices by the day would come at the wrong time. */
export const clockIsWrong = (error: number | null) => error !== null && Math.abs(error) >= 600

/** E.g. 用了58 MB，还能用2.1 GB; null where the browser does not say. */
export function sayStorage(used: number | null, quota: number | null): string {
  if (used === null || quota === null) return '没有说'
  return `用了${sayBytes(used)}，还能用${sayBytes(Math.max(0, quota - used))}`
}

/** Room for a pack beside the one in use: below it the next pack may not fit. */
const roomForPack = 70 * 1024 * 1024
export const storageIsShort = (used: number | null, quota: number | null) =>
  used !== null && quota !== null && quota - used < roomForPack

export function sayBytes(bytes: number): string {
  if (bytes >= 1024 ** 3) return `${(bytes / 1024 ** 3).toFixed(1)} GB`
  return `${Math.round(bytes / 1024 ** 2)} MB`
}

/** `none`: nothing installed; `over`: it has ended whatever it is, since nobody renewed it. */
export type PackState = 'none' | 'current' | 'old' | 'over'

export type Said = {
  playlist: string
  /** At the last hello. */
  helloAt: string | null
  pack: string | null
  queue: number
  clockErrorSeconds: number | null
  storageUsed: number | null
  storageQuota: number | null
}

export type Around = {
  /** Now, ms since 1970. */
  at: number
  /** Version of the pack of each playlist; one that was not built yet is not there. */
  packs: ReadonlyMap<string, string>
  /** Days that a pack is good for, from when it was last renewed. */
  goodDays: number
  /** When something that packs may hold was last withdrawn, ISO; null if nothing was. */
  withdrawnAt: string | null
}

export type Health = {
  silence: Silence
  packState: PackState
  /** The last instant at which the pack can still be shown, ISO; a kiosk may have renewed it earlier than its last hello. */
  packEnds: string | null
  /** It may still show what was withdrawn: it holds a pack and was not met since. */
  missesWithdrawal: boolean
}

/** How a screen is, from what it said last. */
export function healthOf(said: Said, around: Around): Health {
  const { helloAt, pack, playlist } = said
  const silence = silenceOf(helloAt, around.at)
  if (helloAt === null || pack === null)
    return { silence, packState: 'none', packEnds: null, missesWithdrawal: false }
  const ends = Date.parse(helloAt) + around.goodDays * day
  const isOver = ends <= around.at
  const isOld = around.packs.has(playlist) && around.packs.get(playlist) !== pack
  return {
    silence,
    packState: isOver ? 'over' : isOld ? 'old' : 'current',
    packEnds: new Date(ends).toISOString(),
    missesWithdrawal: !isOver && around.withdrawnAt !== null && helloAt <= around.withdrawnAt,
  }
}

/** What screens are chosen by on the page of the fleet. */
export const fleetStates = {
  ...silenceNames,
  'old-pack': '内容包是旧的、到期了或者没有',
  'missed-withdrawal': '撤展以后没有联系过',
  queue: '有记录等着送',
  trouble: '时钟不对或者存储不够',
} as const
export type FleetState = keyof typeof fleetStates

/** Whether a screen is one of those chosen. */
export function isIn(state: FleetState, said: Said, health: Health): boolean {
  if (state === 'old-pack') return health.packState !== 'current'
  if (state === 'missed-withdrawal') return health.missesWithdrawal
  if (state === 'queue') return said.queue > 0
  if (state === 'trouble')
    return clockIsWrong(said.clockErrorSeconds) || storageIsShort(said.storageUsed, said.storageQuota)
  return health.silence === state
}
