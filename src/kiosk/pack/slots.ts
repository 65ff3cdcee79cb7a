// From the slots of a playlist to those of a pack: “a story” becomes one story after another, in rounds.
import type { Contents, PackQuotation, PackStory } from '#kiosk/pack/contents.ts'
import type { Playlist } from '#kiosk/pack/playlist.ts'

type Show = Contents['slots'][number]['shows'][number]

/** One round for each story, or each quotation, whichever are more; what names no document comes in every round. */
export function slotsOf(
  slots: Playlist['slots'],
  { stories, quotations }: { stories: readonly PackStory[]; quotations: readonly PackQuotation[] },
): Contents['slots'] {
  const choices = (show: Playlist['slots'][number]['shows'][number]): Show[] => {
    if (show.is === 'story') {
      const shown = stories.filter(({ id, picture }) => (show.id ? id === show.id : picture !== null))
      return shown.map(({ id }) => ({ is: 'story', id }))
    }
    if (show.is !== 'quotation') return [show]
    return quotations.flatMap(({ of }, index): Show[] =>
      show.of === undefined || show.of === of ? [{ is: 'quotation', index }] : [],
    )
  }
  return slots.flatMap(({ shows, days = null, fromOn = null, toOn = null, ...hours }) => {
    const each = shows.map(choices)
    const rounds = Math.max(...each.map(({ length }) => length))
    // Two places of a slot that show stories go on from each other.
    const places = new Map<string, number>()
    const round = () =>
      each.flatMap((some): Show[] => {
        const list = JSON.stringify(some)
        const place = places.get(list) ?? 0
        places.set(list, place + 1)
        const show = some[place % some.length]
        return show ? [show] : []
      })
    const all = Array.from({ length: rounds }, round).flat()
    return all.length > 0 ? [{ ...hours, days, fromOn, toOn, shows: all }] : []
  })
}
