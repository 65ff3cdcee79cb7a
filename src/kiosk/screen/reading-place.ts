// How a view says to the frame of the screen what of it is read aloud, and how a sentence comes into view.

export type ReadingPlace = {
  /** Blocks of the text, in order; their sentences are marked one by one. */
  blocks: () => Element[]
  recording: { src: string; marks: number[] } | null
  /** Turns to the page with a sentence. */
  show: (sentence: HTMLElement) => void
}

type Places = {
  /** What is to be read instead of the words of the view; taken back when the view goes. */
  offer: (place: ReadingPlace | null) => void
}

let places: Places | null = null

/** The frame takes offers; there is one frame on a screen. */
export const offerReadingPlaces = (taken: Places) => {
  places = taken
}

/** Where a view offers what is to be read. */
export function readingPlaces(): Places {
  if (!places) throw new Error('A view stands in a frame.')
  return places
}
