// Where the search index of a pack stands: in shelves, so that one changed lesson changes one of them.
export const searchFolder = '/kiosk/pack/search/'
/** Which document each of Pagefind's ids is, and which shelves there are, as JSON. */
export const searchIds = `${searchFolder}ids.json`
export const shelfFolder = (number: number) => `${searchFolder}${number}/`

export type SearchIds = { shelves: number[]; documents: Record<string, string> }

/** Documents on a shelf, about. A power of two of shelves, so that a new document seldom moves others. */
const onOne = 12
export const shelvesFor = (documents: number): number =>
  2 ** Math.max(0, Math.round(Math.log2(documents / onOne)))
