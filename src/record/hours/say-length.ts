// A length of time as people say it.

/** Seconds in words, to the second: 40秒, 2分钟, 1分35秒. */
export function sayLength(seconds: number): string {
  const whole = Math.round(seconds)
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60]
  if (minutes === 0) return `${rest}秒`
  return rest === 0 ? `${minutes}分钟` : `${minutes}分${rest}秒`
}
