// What the search page shows of a document; a file for each of them lies beside the index.

export type FoundDocument = {
  /** With its leading slash, as on the site. */
  address: string
  kind: 'course' | 'lesson' | 'story' | 'case' | 'list'
  title: string
  summary: string
  path: string
  /** Title of the course that a lesson belongs to. */
  course: string | null
  /** In order; the id is the anchor on its page, empty for what stands before the first heading. */
  sections: { id: string; title: string; text: string }[]
}
