// One word to everybody who keeps something of the library: what readers see has changed. Called after the commit.
import { forgetAsked } from '#course/asked.server.ts'

type Listener = (tags: string[]) => void

let listeners: Listener[] = []

/** Registers who keeps pages; the result takes it back. */
export function onLibraryChange(listener: Listener): () => void {
  listeners = [...listeners, listener]
  return () => {
    listeners = listeners.filter((one) => one !== listener)
  }
}

/**
 * Tells that documents were published, withdrawn or restored.
 * @param ids of documents and their courses; lists and search are always meant too
 */
export function libraryChanged(...ids: string[]): void {
  forgetAsked()
  for (const listener of listeners) listener(['library', ...ids])
}
