// How a view says to the frame of the screen what of it is read aloud, and how a sentence comes into view.
import { createContext } from 'svelte'

export type ReadingPlace = {
  /** Blocks of the text, in order; their sentences are marked one by one. */
  blocks: () => Element[]
  recording: { src: string; marks: number[] } | null
  /** Turns to the page with a sentence. */
  show: (sentence: HTMLElement) => void
}

export const [readingPlaces, offerReadingPlaces] = createContext<{
  /** What is to be read instead of the words of the view; taken back when the view goes. */
  offer: (place: ReadingPlace | null) => void
}>()
