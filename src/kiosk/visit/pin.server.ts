// A PIN at a kiosk. Five errors lock it there until the day is over. Over the line tries are counted before they are checked,
// so those sent all at once get no further. What happened without a line is counted on the day on which it happened; since a
// screen says itself how long it had none, the tries of all days together have an end too, until one is right.
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { read, type Database } from '#db/database.server.ts'
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

/** An entry that is settled again, after a crash, is one try. */
const perEntry: Allowance = { name: 'kiosk-pin-entry', tries: 1, minutes: 1_440 }

/**
 * Checks a PIN that was given without a line. What it was is decided, and counted, in the job that keeps what follows.
 * @param at when it was given.
 */
export async function checkSealedPin(
  { id, kiosk, at: ms }: { id: string; kiosk: string; at: number },
  personId: string,
  pin: string,
): Promise<(tx: Database) => Promise<PinAnswer>> {
  const at = new Date(ms)
  const subject = subjectOf(kiosk, personId, at)
  const spent = async (db: Database) =>
    (await isSpent(perKiosk, subject, db)) || (await isSpent(perPerson, personId, db))
  if (!(await hasPin(personId))) return async () => 'none'
  if (await spent(read)) return async () => 'locked'
  const is = await checkPin(personId, pin, at)
  return async (tx) => {
    if (await spent(tx)) return 'locked'
    if (is) {
      await forgive(perKiosk, subject, tx)
      if (is === 'now') await forgive(perPerson, personId, tx)
      return 'right'
    }
    if (!(await take(perEntry, id, tx))) {
      await take(perKiosk, subject, tx)
      await take(perPerson, personId, tx)
    }
    return 'wrong'
  }
}
