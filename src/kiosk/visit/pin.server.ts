// A PIN at a kiosk. Five errors lock it there until the day is over; tries are counted before they are checked, so those
// sent all at once get no further. What happened without a line is counted on the day on which it happened; since a screen
// says itself how long it had none, the tries of all days together have an end too, until one is right.
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { checkPin, hasPin } from '#people/account.server.ts'
import { forgive, take, type Allowance } from '#people/limit.server.ts'

export type PinAnswer = 'right' | 'wrong' | 'locked' | 'none'

const perKiosk: Allowance = { name: 'kiosk-pin', tries: 5, minutes: 1_440 }
/** At all screens and for all days, in a day of ours: ten days of five errors, which a month without a line may bring. */
const perPerson: Allowance = { name: 'kiosk-pin-all', tries: 50, minutes: 1_440 }

const subjectOf = (kioskId: string, personId: string, at: Date) =>
  `${kioskId} ${personId} ${dayOf(at.toISOString())}`

/**
 * Checks a PIN that was given at a kiosk. `none`: the person has not set one.
 * @param at when it was given, if that was not now.
 */
export async function checkPinAt(
  kioskId: string,
  personId: string,
  pin: string,
  at = now(),
): Promise<PinAnswer> {
  if (!(await hasPin(personId))) return 'none'
  const subject = subjectOf(kioskId, personId, at)
  if (await take(perKiosk, subject)) return 'locked'
  if (await take(perPerson, personId)) return 'locked'
  if (!(await checkPin(personId, pin, at))) return 'wrong'
  await forgive(perKiosk, subject)
  await forgive(perPerson, personId)
  return 'right'
}
