// What one row of the archive says happened: everything of an imported event but whose it is and who approved it.
import { tidyText } from '#sheet/cell.ts'
import type { ArchiveEntry } from '#record/events/archive-entry.ts'
import type { EventOf } from '#record/events/event.ts'
import { bareTitle } from '#record/events/same-title.ts'

type Imported = EventOf<'hours-imported'>

/** It waits in a batch like this, and becomes the event when it is approved. */
export type HoursEntry = Pick<
  Imported,
  'meter' | 'title' | 'organiser' | 'startOn' | 'endOn' | 'hours' | 'nature' | 'activity' | 'entry'
>

/** An activity of the hour rule in force, as far as a row may name it. */
export type Activity = {
  id: string
  title: string
  /** On which of the two meters it stands. */
  meter: HoursEntry['meter']
  /** 学时 of one day of it; null where the rule does not count it by days. */
  hoursOfDay: number | null
}

/** The words of an entry that are kept as they were written. */
export const wordFields = [
  'unit',
  'post',
  'rank',
  'category',
  'institution',
  'rule',
  'result',
  'score',
  'certificate',
  'makesUpFor',
  'source',
  'evidence',
  'enteredBy',
  'approvedBy',
  'correctedBy',
] as const satisfies (keyof ArchiveEntry)[]

/** The amounts of an entry that nothing is computed from. */
export const amountFields = [
  'plannedHours',
  'attendedHours',
  'leaveHours',
  'points',
] as const satisfies (keyof ArchiveEntry)[]

/** Two rows with the same key are the same training of the same person, however its title is spaced and bracketed. */
export const sameTraining = ({
  meter,
  title,
  startOn,
  endOn,
}: Pick<HoursEntry, 'meter' | 'title' | 'startOn' | 'endOn'>) =>
  [meter, startOn, endOn, bareTitle(tidyText(title))].join(' ')
