// A PIN at a kiosk. Five errors lock it there until the day is over. Over the line tries are counted before they are checked,
// so those sent all at once get no further. What happened without a line is counted on the day on which it happened; since a
// screen says itself how long it had none, the tries of all days together have an end too, until one is right.
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import type { Database } from '#db/database.server.ts'
import { checkPin, hasPin } from '#people/account.server.ts'
import { forgive, isSpent, take, type Allowance } from '#people/limit.server.ts'

export type PinAnswer = 'right' | 'wrong' | 'locked' | 'none'

const perKiosk: Allowance = { name: 'kiosk-pin', tries: 5, minutes: 1_440 }
/** At all screens and for all days, in a day of ours: ten days of five errors, which a month without a line may bring. */
const perPerson: Allowance = { name: 'kiosk-pin-all', tries: 50, minutes: 1_440 }

const subjectOf = (kioskId: string, personId: string, at: Date) =>
  `${kioskId} ${personId} ${dayOf(at.toISOString())}`

/** Checks a PIN that is given at a kiosk. `none`: the person has not set one. */
export async function checkPinAt(kioskId: string, personId: string, pin: string): Promise<PinAnswer> {
  const at = now()
  if (!(await hasPin(personId))) return 'none'
  const subject = subjectOf(kioskId, personId, at)
  if (await take(perKiosk, subject)) return 'locked'
  if (await take(perPerson, personId)) return 'locked'
  if (!(await checkPin(personId, pin, at))) return 'wrong'
  await forgive(perKiosk, subject)
  await forgive(perPerson, personId)
  return 'right'
}

/** What a sealed PIN was, and the try as part of the job that keeps what follows from it. */
type Checked = { answer: PinAnswer; countIn: (tx: Database) => Promise<void> }

/**
 * Checks a PIN that was given without a line. It is counted together with what follows from it: a process that ends in
 * between checks again, and must not use up the tries of somebody who made no mistake.
 * @param at when it was given.
 */
export async function checkSealedPin(
  kioskId: string,
  personId: string,
  pin: string,
  at: Date,
): Promise<Checked> {
  const [subject, nothing] = [subjectOf(kioskId, personId, at), async () => undefined]
  if (!(await hasPin(personId))) return { answer: 'none', countIn: nothing }
  if ((await isSpent(perKiosk, subject)) || (await isSpent(perPerson, personId)))
    return { answer: 'locked', countIn: nothing }
  const isRight = await checkPin(personId, pin, at)
  const count = isRight ? forgive : take
  const countIn = async (tx: Database) => {
    await count(perKiosk, subject, tx)
    await count(perPerson, personId, tx)
  }
  return { answer: isRight ? 'right' : 'wrong', countIn }
}
