// What the roster asks of a person: a staff number and a name, and nothing else (PIPL Art. 6: the minimum).
import { z } from 'astro/zod'
import { WantedAssignment } from '#people/roster/assignment.ts'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** An 18-digit ID-card number by its check digit (GB 11643-1999). */
function isIdCard18(text: string): boolean {
  if (!/^\d{17}[\dXx]$/.test(text)) return false
  const sum = weights.reduce((total, weight, i) => total + weight * Number(text[i]), 0)
  return '10X98765432'[sum % 11] === text[17]?.toUpperCase()
}

/** An old ID-card number: region, then a birthday in six digits, then a serial; it has no check digit. */
function isIdCard15(text: string): boolean {
  const [, month, day] = /^[1-9]\d{5}\d\d(\d\d)(\d\d)\d{3}$/.exec(text) ?? []
  return month !== undefined && between(month, 1, 12) && between(day, 1, 31)
}

const between = (text: string | undefined, from: number, to: number) =>
  Number(text) >= from && Number(text) <= to

/** What is wrong with a staff number and how to mend it, in Chinese; null if it will do. */
export function checkNumber(number: string): string | null {
  if (number === '') return '写上工号。'
  if (isIdCard18(number) || isIdCard15(number))
    return '这像是身份证号。本平台不收身份证号，请换成单位编的工号。'
  if (/^(86)?1[3-9]\d{9}$/.test(number)) return '这像是手机号。本平台不收手机号，请换成单位编的工号。'
  if (!/^[A-Za-z0-9]*$/.test(number)) return '工号只用字母和数字，不带空格和符号。'
  if (number.length < 3 || number.length > 20) return '工号要3到20位。'
  return null
}

/** What is wrong with a person's name and how to mend it, in Chinese; null if it will do. */
export function checkName(name: string): string | null {
  const length = [...name].length
  if (length === 0) return '写上姓名。'
  if (/\p{Cc}/u.test(name)) return '姓名里有换行或看不见的控制字符，请删去。'
  if (length < 2 || length > 20) return '姓名要2到20个字。'
  return null
}

/** A number as it is kept: full-width letters and digits become plain ones, and outer space goes. */
export const plainNumber = (text: string) => text.normalize('NFKC').trim()

type Check = (text: string) => string | null

const checked = (check: Check) => (context: z.core.ParsePayload<string>) => {
  const message = check(context.value)
  if (message) context.issues.push({ code: 'custom', message, input: context.value })
}

/** 工号: letters and digits, 3–20; never an ID-card or phone number. */
export const staffNumber = z
  .string({ error: '写上工号。' })
  .transform(plainNumber)
  .check(checked(checkNumber))

/** 姓名: 2–20 characters, kept as typed but for outer space. */
export const personName = z.string({ error: '写上姓名。' }).trim().check(checked(checkName))

/** A person with a first assignment. */
export const Newcomer = z.object({ number: staffNumber, name: personName, ...WantedAssignment.shape })
export type Newcomer = z.infer<typeof Newcomer>
