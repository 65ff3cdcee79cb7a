// The time of an attempt: by the server's clock alone. The clock and time zone of a device decide nothing; all that it
// says is how long ago an answer was given.

/** What an answer may take on the line after the time is up. */
export const graceSeconds = 10

/** When the time is up (ISO UTC): start + minutes × (1 + extra share); null without a limit. */
export function deadlineOf(startedAt: string, minutes: number | null, extraShare: number): string | null {
  if (minutes === null) return null
  return new Date(Date.parse(startedAt) + Math.round(minutes * (1 + extraShare) * 60_000)).toISOString()
}

/** True if what arrives now is too late, the grace for the line included. */
export function isOver(deadlineAt: string | null, at: string): boolean {
  return deadlineAt !== null && Date.parse(at) > Date.parse(deadlineAt) + graceSeconds * 1000
}

/** Whole seconds that are left, 0 when the time is up; null without a limit. */
export function secondsLeft(deadlineAt: string | null, at: string): number | null {
  if (deadlineAt === null) return null
  return Math.max(0, Math.ceil((Date.parse(deadlineAt) - Date.parse(at)) / 1000))
}

/** When an answer was given (ISO UTC): `ago` ms before it arrived, never before the attempt began. */
export function givenAt(receivedAt: string, ago: number, startedAt: string): string {
  const received = Date.parse(receivedAt)
  return new Date(
    Math.min(received, Math.max(Date.parse(startedAt), received - Math.max(0, ago))),
  ).toISOString()
}

/** Time left in words, rounded so that nobody counts seconds: 还有23分钟, 不到1分钟, 时间到了. */
export function sayLeft(seconds: number): string {
  if (seconds <= 0) return '时间到了'
  if (seconds < 60) return '还有不到1分钟'
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `还有${minutes}分钟`
  const rest = minutes % 60
  return `还有${Math.floor(minutes / 60)}小时${rest > 0 ? `${rest}分钟` : ''}`
}
