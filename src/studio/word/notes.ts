// Footnotes and endnotes, numbered together in the order in which the text refers to them.
import type { NoteReference, WordDocument, WordNode } from '#studio/word/word-model.ts'
import { plainWords, within } from '#studio/word/word-model.ts'

export class Notes {
  /** By what the document calls them; what is not in it is null. */
  private readonly labels = new Map<string, string | null>()
  /** Those that were referred to and not written yet. */
  private readonly waiting: { label: string; body: WordNode[] }[] = []
  private readonly resolve: WordDocument['notes']['resolve']
  private count = 0

  constructor({ notes }: WordDocument) {
    this.resolve = (reference) => notes.resolve(reference)
  }

  /** The number of a note; null if it has no words. */
  label(reference: NoteReference): string | null {
    const key = `${reference.noteType} ${reference.noteId}`
    const known = this.labels.get(key)
    if (known !== undefined) return known
    const body = this.resolve(reference)?.body ?? []
    const says = plainWords(body).trim() !== '' || [...within(body)].some(({ type }) => type === 'image')
    const label = says ? String(++this.count) : null
    if (label !== null) this.waiting.push({ label, body })
    this.labels.set(key, label)
    return label
  }

  /** Whether the text refers to it. */
  isKnown(noteType: string, noteId: string): boolean {
    return typeof this.labels.get(`${noteType} ${noteId}`) === 'string'
  }

  /** Takes the next note to be written. */
  next(): { label: string; body: WordNode[] } | null {
    return this.waiting.shift() ?? null
  }
}
