// What goes into a pack that may not be larger than so many bytes: texts before pictures, pictures before recordings.

export type Piece = {
  /** Address of a file of the library, or id of a document. */
  name: string
  bytes: number
  is: 'recording' | 'picture' | 'document'
}

/**
 * What is left out, in the order in which it was: recordings, the biggest first; then pictures, the biggest first; then
 * documents from the last on.
 * @param pieces in the order of the playlist.
 */
export function leaveOut(pieces: readonly Piece[], most: number): Piece[] {
  let over = pieces.reduce((sum, { bytes }) => sum + bytes, 0) - most
  const biggest = (is: Piece['is']) =>
    pieces.filter((piece) => piece.is === is).toSorted((a, b) => b.bytes - a.bytes)
  const documents = pieces.filter(({ is }) => is === 'document').toReversed()
  return [...biggest('recording'), ...biggest('picture'), ...documents].filter(({ bytes }) => {
    if (over <= 0) return false
    over -= bytes
    return true
  })
}
