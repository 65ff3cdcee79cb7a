// The shape of one line of the inventory of personal data.

/** What sort of data it is. */
export type DataClass =
  'identity' | 'post' | 'right' | 'sign-in' | 'record' | 'derived' | 'look' | 'voice' | 'act'

/**
 * What erasing a person does: `delete` the rows, `empty` the columns, or `keep` them because of `why`. Kept columns
 * hold ids only, and after erasure an id leads to nobody.
 */
export type Erasure = { how: 'delete' } | { how: 'empty' } | { how: 'keep'; why: string }

export type Holding = {
  /** As in the database. */
  table: string
  columns: string[]
  /** The column with the id of the person it is about; null if rows cannot be told apart by person. */
  person: string | null
  class: DataClass
  /** Why it is held, as the export says it. */
  purpose: string
  /** How long. */
  retention: string
  /** Given to the person in full. Secrets and the acts of administrators are not. */
  exported: boolean
  erasure: Erasure
}
