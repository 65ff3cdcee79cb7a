// Drift: an item whose passage no longer stands in its source today. It is computed, never stored, so an item leaves new
// papers the moment its source changes, and comes back the moment the passage stands there again.
import { quotes } from '#course/sections.ts'
import type { SourceText } from '#assessment/bank/source-texts.server.ts'

/** The part of an item that points to its source. */
export type Pointer = { source?: string | undefined; passage: string }

/** Where a passage stands in a document: the id of its section; null if nowhere. */
export const sectionWith = ({ sections }: Pick<SourceText, 'sections'>, passage: string): string | null =>
  sections.find(({ text }) => quotes(text, passage))?.id ??
  (quotes(textOf({ sections }), passage) ? (sections[0]?.id ?? null) : null)

/** All that is read in a document. */
export const textOf = ({ sections }: Pick<SourceText, 'sections'>) =>
  sections.map(({ text }) => text).join('\n')

/** Why an item has drifted, in Chinese; null if its passage stands. */
export function driftOf(
  { source, passage }: Pointer,
  texts: ReadonlyMap<string, Pick<SourceText, 'title' | 'open' | 'sections'>>,
): string | null {
  if (source === undefined) return '没有写明出自哪份资料。'
  const text = texts.get(source)
  if (!text) return `出处 ${source} 不在馆里。`
  if (!text.open) return `出处《${text.title}》已撤展。`
  return sectionWith(text, passage) === null ? `《${text.title}》改过，里面已没有这句原文。` : null
}
