// What a password and a PIN must be. The rules refuse only what others would guess first.
import { tidyNumber } from '#people/number.ts'

export const shortestPassword = 8
export const longestPassword = 128

const common = new Set(
  `12345678 123456789 1234567890 87654321 01234567 12341234 11223344 a1234567 a12345678 a123456789 abc12345
  abc123456 abcd1234 1234abcd aa123456 qwertyui qwerty123 qwer1234 1q2w3e4r 1qaz2wsx asdfghjk zxcvbnm1 password
  password1 passw0rd p@ssw0rd iloveyou woaini520 woaini1314 5201314a wo123456 admin123 admin888 88888888a
  lianxue123 lianjie123 zhongguo`.split(/\s+/),
)

const sameLetter = (text: string) => new Set(text).size === 1

/** `2345`, `8765`: each digit one above, or one below, the digit before it. */
function isRun(digits: string): boolean {
  const steps = [...digits].slice(1).map((digit, i) => Number(digit) - Number(digits[i]))
  return /^\d+$/.test(digits) && (steps.every((step) => step === 1) || steps.every((step) => step === -1))
}

/** What is wrong with a new password for the person with this number, in Chinese with how to mend it; or null. */
export function passwordProblem(password: string, number: string): string | null {
  const plain = password.normalize('NFKC').toLowerCase()
  if ([...password].length < shortestPassword)
    return `密码太短，至少要${shortestPassword}个字符。可以用一句话的拼音。`
  if (password.length > longestPassword) return `密码太长，请不要超过${longestPassword}个字符。`
  if (number.length >= 4 && plain.includes(tidyNumber(number)))
    return '密码里不要写自己的账号，别人最先试的就是它。请换一个。'
  if (common.has(plain) || sameLetter(plain) || isRun(plain)) return '这个密码太常见，容易被猜中。请换一个。'
  return null
}

/** What is wrong with a new PIN for the person with this number, in Chinese with how to mend it; or null. */
export function pinProblem(pin: string, number: string): string | null {
  if (!/^\d{6}$/.test(pin)) return 'PIN是六位数字，请再填一次。'
  if (sameLetter(pin) || isRun(pin) || /^(\d\d)\1\1$|^(\d{3})\2$/.test(pin))
    return '这个PIN太容易猜中。请不要用重复或连着的数字。'
  if (tidyNumber(number).endsWith(pin)) return 'PIN不要用账号的末六位。请换一个。'
  return null
}
