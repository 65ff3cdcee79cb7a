// Numbers in a Chinese text, however they are written: 30万, 三十万, 300,000; 92%, ９２％, 百分之九十二.

/** A number with its place in the text; `to` is exclusive. */
export type NumberFound = { value: number; percent: boolean; from: number; to: number }

const digits = '零一二三四五六七八九'
const places: Record<string, number> = { 十: 10, 百: 100, 千: 1000 }
const powers: Record<string, number> = { 万: 10_000, 亿: 100_000_000 }
const written =
  /(百分之)?(?:(\d+(?:,\d{3})*(?:\.\d+)?)([万亿]*)|([零〇一二两三四五六七八九十百千][零〇一二两三四五六七八九十百千万亿]*)(?:点([零〇一二三四五六七八九]+)([万亿]*))?)(%?)/g

/** All numbers. @param text in the form of passages.ts (half width, simplified) */
export function numbersIn(text: string): NumberFound[] {
  return [...text.matchAll(written)].map((match) => {
    const [all, per, arabic, power = '', whole = '', after = '', afterPower = '', sign] = match
    const value = arabic
      ? Number(arabic.replaceAll(',', '')) * powerOf(power)
      : (fromChinese(whole) + fraction(after)) * powerOf(afterPower)
    return { value, percent: Boolean(per || sign), from: match.index, to: match.index + all.length }
  })
}

/** True if both say the same; 3.2万 and 32000 differ by the rounding of the machine alone. */
export function isSameNumber(a: NumberFound, b: NumberFound): boolean {
  return a.percent === b.percent && Math.abs(a.value - b.value) <= Math.abs(a.value) * 1e-9
}

const powerOf = (signs: string) => signs.split('').reduce((product, sign) => product * (powers[sign] ?? 1), 1)
const digitOf = (sign: string) => digits.indexOf(sign.replace('〇', '零').replace('两', '二'))
const fraction = (signs: string) => Number(`0.${signs.split('').map(digitOf).join('') || '0'}`)

function fromChinese(signs: string): number {
  const each = signs.split('')
  // 二〇二三: digits one after the other, as years are written.
  if (each.length > 1 && each.every((sign) => digitOf(sign) >= 0)) return Number(each.map(digitOf).join(''))
  let [total, part, digit] = [0, 0, 0]
  for (const sign of each) {
    const place = places[sign]
    const power = powers[sign]
    if (place) [part, digit] = [part + (digit || 1) * place, 0]
    else if (power) [total, part, digit] = [(total + part + digit) * power, 0, 0]
    else digit = digitOf(sign)
  }
  return total + part + digit
}
