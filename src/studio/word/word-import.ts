// What comes of a Word document: the shape that the importer hands to who asked for it.

/** Something that could not be kept as it was. */
export type Loss = {
  /** What it was, in Chinese. */
  what: string
  /** Where it stood, by the words beside it. */
  where: string
  /** What to do about it; says also where nothing need be done. */
  mend: string
}

export type WordImport = {
  /** The document's title, where one stands alone at its top. */
  title: string | null
  /** The body in its canonical form, without frontmatter. */
  source: string
  /** Pictures as they lay in the document, under the names that the body calls them once they were encoded anew. */
  pictures: { name: string; bytes: Uint8Array }[]
  lost: Loss[]
}
