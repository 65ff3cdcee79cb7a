// What was withdrawn is gone from the screen at once, before the pack is renewed.
import type { Contents } from '#kiosk/pack/contents.ts'

/** The contents without the documents of these ids, their quotations, and the questions that are asked of them. */
export function withoutWithdrawn(contents: Contents, withdrawn: readonly string[]): Contents {
  if (withdrawn.length === 0) return contents
  const gone = new Set(withdrawn)
  const asksOfGone = new Set(contents.lessons.filter(({ id }) => gone.has(id)).flatMap(({ items }) => items))
  const stays = (id: string) => !gone.has(contents.items[id]?.source ?? '') && !asksOfGone.has(id)
  const quotations = contents.quotations.filter(({ of }) => !gone.has(of))
  const slots = contents.slots.map((slot) => ({
    ...slot,
    shows: slot.shows.flatMap((show): Contents['slots'][number]['shows'] => {
      if (show.is === 'story') return gone.has(show.id) ? [] : [show]
      if (show.is !== 'quotation') return [show]
      const quotation = contents.quotations[show.index]
      const index = quotation ? quotations.indexOf(quotation) : -1
      return index < 0 ? [] : [{ ...show, index }]
    }),
  }))
  return {
    ...contents,
    slots,
    quotations,
    stories: contents.stories.filter(({ id }) => !gone.has(id)),
    lessons: contents.lessons.filter(({ id }) => !gone.has(id)),
    items: Object.fromEntries(Object.entries(contents.items).filter(([id]) => stays(id))),
    game: contents.game.filter(stays),
  }
}
