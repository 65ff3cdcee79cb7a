// The shelf of a screen: a few texts by name that survive a power cut as surely as the journal does, which localStorage,
// written when the browser finds the time, does not.
import type { Held } from '#kiosk/device/held.ts'
import type { Shelf } from '#kiosk/device/store.ts'

/** @param trouble hears of what could not be written; it stays in memory and goes with the next writing. */
export function openShelf(
  { self, change }: Pick<Held, 'self' | 'change'>,
  trouble: (error: unknown) => void,
): Shelf {
  const texts = { ...self().shelf }
  const write = () => void change((now) => ({ self: { ...now, shelf: { ...texts } } })).catch(trouble)
  return {
    getItem: (name) => texts[name] ?? null,
    setItem: (name, text) => {
      texts[name] = text
      write()
    },
    removeItem: (name) => {
      delete texts[name]
      write()
    },
  }
}
