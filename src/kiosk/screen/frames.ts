// What the screen shows by itself: the slot that holds now, spelt out into single pictures in the order in which they come.
import type { HallSheet } from '#kiosk/hall-sheet.ts'
import type { Contents, PackQuotation, PackStory } from '#kiosk/pack/contents.ts'
import { within, type HallTime } from '#kiosk/screen/hall-clock.ts'
import type { Item } from '#quiz/question.ts'

type Slot = Contents['slots'][number]

export type Frame =
  | { is: 'story'; story: PackStory }
  | { is: 'quotation'; quotation: PackQuotation }
  | { is: 'question'; item: Item }
  | { is: 'told'; told: HallSheet['told'][number] }
  | { is: 'notice'; notice: HallSheet['notices'][number] }

/** The first slot that holds on this day at this minute. */
export function slotAt(slots: readonly Slot[], { on, minute, weekday }: HallTime): Slot | null {
  const holds = ({ from, to, days, fromOn, toOn }: Slot) =>
    within(minute, from, to) &&
    (days === null || days.includes(weekday)) &&
    (fromOn === null || on >= fromOn) &&
    (toOn === null || on <= toOn)
  return slots.find(holds) ?? null
}

/** Notices that hold on this day and at this hour. */
export function noticesAt(notices: HallSheet['notices'], { on, minute }: HallTime): HallSheet['notices'] {
  return notices.filter(
    ({ fromOn, toOn, from, to }) =>
      on >= fromOn &&
      on <= toOn &&
      (from === null && to === null ? true : within(minute, from ?? '00:00', to ?? '24:00')),
  )
}

/** The question of a day, the same all day long: one after the other by the calendar. */
export function questionOf(on: string, { game, items }: Contents): Item | null {
  const day = Math.floor(Date.parse(`${on}T00:00:00Z`) / 86_400_000)
  return items[game[day % game.length] ?? ''] ?? null
}

/**
 * All frames of now. Between slots, and where a slot comes to nothing, everything that there is; notices that hold are
 * always among them.
 */
export function framesAt(contents: Contents, sheet: HallSheet, time: HallTime): Frame[] {
  const notices = noticesAt(sheet.notices, time).map((notice): Frame => ({ is: 'notice', notice }))
  const shows = slotAt(contents.slots, time)?.shows ?? []
  const planned = shows.flatMap((show) => spelt(show, contents, sheet, time))
  const frames = planned.length > 0 ? planned : everything(contents, sheet, time)
  return shows.some(({ is }) => is === 'notices') && planned.length > 0 ? frames : [...notices, ...frames]
}

function spelt(show: Slot['shows'][number], contents: Contents, sheet: HallSheet, time: HallTime): Frame[] {
  switch (show.is) {
    case 'story':
      return contents.stories.filter(({ id }) => id === show.id).map((story) => ({ is: 'story', story }))
    case 'quotation': {
      const quotation = contents.quotations[show.index]
      return quotation ? [{ is: 'quotation', quotation }] : []
    }
    case 'question': {
      const item = questionOf(time.on, contents)
      return item ? [{ is: 'question', item }] : []
    }
    case 'told':
      return sheet.told.map((told) => ({ is: 'told', told }))
    case 'notices':
      return noticesAt(sheet.notices, time).map((notice) => ({ is: 'notice', notice }))
  }
}

function everything(contents: Contents, sheet: HallSheet, time: HallTime): Frame[] {
  const stories = contents.stories.map((story): Frame => ({ is: 'story', story }))
  const quotations = contents.quotations.map((quotation): Frame => ({ is: 'quotation', quotation }))
  const told = sheet.told.map((told): Frame => ({ is: 'told', told }))
  const question = spelt({ is: 'question' }, contents, sheet, time)
  const most = Math.max(stories.length, quotations.length, told.length)
  const byTurns = Array.from({ length: most }, (_, i) =>
    [quotations[i], stories[i], told[i]].filter((frame) => frame !== undefined),
  )
  return [...byTurns.flat(), ...question]
}
