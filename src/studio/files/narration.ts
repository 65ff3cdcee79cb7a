// What stands behind the recording of a text: how long it may be, how its time is told, where sentences begin.

/** Seconds of one narration. */
export const longest = 300

/** What a narration gives: its sound, its length, and the second at which each sentence begins. */
export type Narrated = { blob: Blob; name: string; seconds: number; marks: number[] }

/** Seconds as on a clock: `95` → 1:35. */
export function sayClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** Counts seconds while it runs. */
export type Stopwatch = { start: () => void; stop: () => void; seconds: () => number }

/** @param now milliseconds that only grow. */
export function stopwatch(now: () => number): Stopwatch {
  let counted = 0
  let since: number | null = null
  const seconds = () => counted + (since === null ? 0 : (now() - since) / 1000)
  return {
    start: () => void (since ??= now()),
    stop: () => {
      counted = seconds()
      since = null
    },
    seconds,
  }
}

/** A finger that hits twice has not read a sentence. */
const shortest = 0.4

/** The marks with one more; the same if the last is only just made. Tenths of a second. */
export function markAt(marks: readonly number[], seconds: number): number[] {
  const mark = Math.round(seconds * 10) / 10
  return mark - (marks.at(-1) ?? -1) < shortest ? [...marks] : [...marks, mark]
}

/** Which sentence is heard at a second. */
export function sentenceAt(marks: readonly number[], seconds: number): number {
  return Math.max(
    0,
    marks.findLastIndex((mark) => mark <= seconds),
  )
}

/** Sound that all phones play comes first. */
const types = ['audio/mp4;codecs=mp4a.40.2', 'audio/mp4', 'audio/webm;codecs=opus', 'audio/webm']

/** The first type that this browser records, or null. */
export const typeFor = (isSupported: (type: string) => boolean, among: readonly string[] = types) =>
  among.find(isSupported) ?? null

/** A name that tells what kind of file it is. */
export const nameFor = (type: string) => (type.startsWith('audio/mp4') ? '朗读.m4a' : '朗读.weba')

type Words = { message: string; hint: string }

const instead = '也可以用手机自带的录音机录好，再把录音文件传上来。'

/** What is said when recording cannot begin; `reason` is the name of the browser's error. */
export function sayTrouble(reason: string): Words {
  return Object.hasOwn(troubles, reason)
    ? (troubles[reason] as Words)
    : { message: '录音没有开始。', hint: `请刷新页面再试一次。${instead}` }
}

const notSupported: Words = {
  message: '这个浏览器不能录音。',
  hint: `请换新版的Chrome、Edge或Safari打开。${instead}`,
}

const troubles: Record<string, Words> = {
  NotSecure: {
    message: '这个网址打开的页面不能用麦克风。',
    hint: `浏览器只让 https 开头的网址录音，请问管理员要那个网址。${instead}`,
  },
  NotSupported: notSupported,
  // Windows inside other programs, which have no way to ask.
  NotSupportedError: notSupported,
  NotAllowedError: {
    message: '没有得到用麦克风的许可。',
    hint: `请点网址旁边的小锁，把“麦克风”改成“允许”，再点“开始录音”；没有这一项，就在系统设置里允许浏览器用麦克风。${instead}`,
  },
  NotFoundError: {
    message: '没有找到麦克风。',
    hint: '请插上耳机或麦克风，再点“开始录音”；或者用手机打开这个页面来录。',
  },
  NotReadableError: {
    message: '麦克风正被别的程序占着。',
    hint: '请挂断通话，关掉别的录音软件，再点“开始录音”。',
  },
}
