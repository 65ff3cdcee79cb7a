// Whether what is written reaches the disk: which faults are the storage's own, what people are told of them, and the
// fault that lasts now. The write queue tells it; health, the log and /admin/status ask it.
import { now } from '#clock.server.ts'
import { Refusal } from '#refusal.ts'

/** `locked`: another program holds the file; `full`: no room left; `broken`: an I/O error or a damaged file. */
type Kind = 'locked' | 'full' | 'broken'

/** Why writes are given up; `code` is SQLite's, `since` the first of them. */
export type StorageFault = { kind: Kind; code: string; since: string }

/** The fault that lasts: set when a write is given up, null again once anything is stored. */
export let storageFault: StorageFault | null = null

let tell: (fault: StorageFault | null, error?: unknown) => void = () => undefined

/** Whoever is told when writing begins to fail, with the error, and when it goes again. */
export function onStorageChange(listener: typeof tell) {
  tell = listener
}

/** Notes that a write was given up for a storage fault. */
export function noteFault(error: unknown) {
  const began = storageFault === null
  const { kind, code } = faultIn(error) ?? { kind: 'broken', code: '' }
  storageFault = { kind, code, since: storageFault?.since ?? now().toISOString() }
  if (began) tell(storageFault, error)
}

/** Notes that something was stored. */
export function noteCommit() {
  if (storageFault === null) return
  storageFault = null
  tell(null)
}

const kinds: [Kind, RegExp][] = [
  ['locked', /SQLITE_BUSY/],
  ['full', /SQLITE_FULL/],
  ['broken', /SQLITE_(IOERR|LOCKED|CORRUPT|NOTADB|CANTOPEN|READONLY|NOMEM)|CLIENT_CLOSED|TRANSACTION_CLOSED/],
]

/** The storage fault that an error is, or was caused by; null for the mistake of a job. */
export function faultIn(error: unknown): { kind: Kind; code: string } | null {
  const { code, message, cause } = (error ?? {}) as { code?: unknown; message?: unknown; cause?: unknown }
  const found = kinds.find(([, pattern]) => pattern.test(String(code)))
  if (found) return { kind: found[0], code: String(code) }
  // A file that cannot be opened has no code of its own.
  if (code === '' && String(message).startsWith('ConnectionFailed'))
    return { kind: 'broken', code: 'SQLITE_CANTOPEN' }
  return cause === undefined || cause === error ? null : faultIn(cause)
}

const words: Record<Kind, [string, string]> = {
  locked: ['数据库正被别的程序占用，这一步没有存下。', '请过几秒再试一次；先前存好的都在。'],
  full: [
    '服务器的存储空间满了，这一步没有存下。',
    '请过一会儿再试；还是不行，请告诉管理员。先前存好的都在。',
  ],
  broken: ['服务器的存储出了故障，这一步没有存下。', '请过一会儿再试；还是不行，请告诉管理员。'],
}

/** What people are told when their write was given up; what is no fault of the storage stays what it is. */
export function toldOf(error: unknown): unknown {
  const fault = faultIn(error)
  return fault ? Object.assign(new Refusal('busy', ...words[fault.kind]), { cause: error }) : error
}

/** What people are told when too many writes wait already. */
export const tooManyWaiting = () =>
  new Refusal('busy', '现在同时提交的人太多，这一步没有存下。', '请过几秒再试一次；先前存好的都在。')
