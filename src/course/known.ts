// What the library already knows, as far as a new state of a lesson must agree with it.

/** All revisions of one item. */
export type KnownItem = {
  lessonId: string | null
  /** Revision → hash of its body. */
  revisions: ReadonlyMap<number, string>
}

export type Known = {
  /** Ids of the capability model; null leaves indicators unchecked. */
  indicators: ReadonlySet<string> | null
  /** By item id. */
  items: ReadonlyMap<string, KnownItem>
  /** Highest edition by lesson id. */
  editions: ReadonlyMap<string, number>
}

/** For a source that is judged on its own. */
export const nothingKnown: Known = { indicators: null, items: new Map(), editions: new Map() }
