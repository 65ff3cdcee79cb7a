// Chinese numerals as digits, so that 三十 and 30 are one answer. Both sides of a comparison are written anew in the same
// way, so a word such as 三资 or 一肩挑 may become 3资 or 1肩挑 without harm. What is not surely one number stays as it is.

const digitOf = new Map([...'零一二三四五六七八九'].map((letter, value) => [letter, value]))
const units = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
  ['万', 10_000],
  ['亿', 100_000_000],
])
/** 九千九百九十九亿九千九百九十九万九千九百九十九. */
const most = 999_999_999_999

/**
 * A stretch of numerals. 两 belongs to it where it is a number: alone, or before a unit at the start and after 千, 万, 亿
 * and 零 (三千两百). Elsewhere it is a weight (三两, 五百两) or a guess (两三个).
 */
const stretch =
  /(?<![\d零一二两三四五六七八九十百千万亿])两(?![\d零一二两三四五六七八九十百千万亿])|(?:[\d零一二三四五六七八九十百千万亿]|(?<![\d一二两三四五六七八九十百])两(?=[百千万亿]))+/gu

/**
 * The text with each numeral in digits: place values to 九千九百九十九亿 (三十, 一千零五, 两万), digits in a row from three on
 * (二〇二六, 一二三四五) or with a 零, and digits before units (3万). Two digits in a row are left: 三四天 is three or four
 * days and not 34. So are short forms (三百五), fractions and whatever does not read as one number.
 * 廿 and 卅 are 二十 and 三十, 〇 is 零.
 */
export const inDigits = (text: string): string =>
  text
    .replace(/[〇廿卅]/gu, (letter) => ({ 〇: '零', 廿: '二十', 卅: '三十' })[letter] ?? letter)
    .replace(stretch, (found, at: number) => {
      // 1.5万 and 3-5万 are not 5万.
      if (/^\d/.test(found) && /\d[.:-]$/.test(text.slice(0, at))) return found
      const value = valueOf(found.replaceAll('两', '二'))
      return value ?? found
    })

function valueOf(numeral: string): string | null {
  if (/^\d+$/.test(numeral)) return numeral
  const [, digits, unit] = /^(\d+)([百千万亿]+)$/u.exec(numeral) ?? []
  if (digits && unit)
    return upToMost([...unit].reduce((value, one) => value * (units.get(one) ?? 1), Number(digits)))
  const each = [...numeral].map((letter) => digitOf.get(letter))
  if (each.every((digit) => digit !== undefined))
    return each.length === 2 && !each.includes(0) ? null : each.join('')
  const value = readPlaces(numeral)
  const known = value !== null && value <= most && bare(inChinese(value)) === bare(numeral)
  return known ? String(value) : null
}

const upToMost = (value: number) => (value <= most ? String(value) : null)

/** 一十五 and 十五 are the same, and 一百十五 is said too. */
const bare = (numeral: string) => numeral.replaceAll('一十', '十')

/** What the places add up to, however they are put together; null where something else stands among them. */
function readPlaces(numeral: string): number | null {
  let [sum, section, digit] = [0, 0, 0]
  for (const letter of numeral) {
    const unit = units.get(letter)
    if (unit === undefined) {
      const value = digitOf.get(letter)
      if (value === undefined) return null
      digit = value
    } else if (unit < 10_000) {
      section += (digit || (unit === 10 ? 1 : 0)) * unit
      digit = 0
    } else {
      sum += (section + digit) * unit
      section = 0
      digit = 0
    }
  }
  return sum + section + digit
}

/** A whole number, 1 to `most`, as it is read aloud. */
function inChinese(value: number): string {
  const [high, middle, low] = [Math.floor(value / 1e8), Math.floor(value / 1e4) % 1e4, value % 1e4]
  const parts = [section(high) + (high ? '亿' : ''), section(middle) + (middle ? '万' : ''), section(low)]
  const gap = (upper: number, lower: number) => (lower > 0 && upper > 0 && lower < 1000 ? '零' : '')
  const skipped = middle === 0 && high > 0 && low > 0
  return `${parts[0]}${gap(high, middle)}${parts[1]}${skipped ? '零' : gap(middle, low)}${parts[2]}`
}

const letters = [...digitOf.keys()]

/** 1 to 9999 as it is read aloud, with a 零 for what is skipped; empty for 0. */
function section(value: number): string {
  const places = ['千', '百', '十', '']
  const digits = String(value).padStart(4, '0')
  let [said, skipped] = ['', false]
  for (const [i, digit] of [...digits].entries()) {
    if (digit === '0') skipped ||= said !== ''
    else {
      said += `${skipped ? '零' : ''}${letters[Number(digit)]}${places[i]}`
      skipped = false
    }
  }
  return said
}
