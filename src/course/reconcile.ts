// A document can be changed in its file and in the studio. Which of the two wins, or neither.

/** What is known of one document; hashes of contents, null where there is none. */
export type States = {
  /** The file as it is now. */
  file: string
  /** The file as it was imported last. */
  imported: string | null
  /** The newest revision in the library. */
  current: string | null
}

/**
 * - `new`: not in the library yet
 * - `unchanged`: nothing to do
 * - `publish`: only the file changed
 * - `keep`: only the studio changed
 * - `adopt`: both changed to the same; only the file's hash is noted
 * - `conflict`: both changed; the studio's stays until somebody decides
 */
export type Decision = 'new' | 'unchanged' | 'publish' | 'keep' | 'adopt' | 'conflict'

/** Decides for one document. */
export function reconcile({ file, imported, current }: States): Decision {
  if (current === null) return 'new'
  if (file === current) return file === imported ? 'unchanged' : 'adopt'
  if (file === imported) return 'keep'
  return current === imported ? 'publish' : 'conflict'
}
