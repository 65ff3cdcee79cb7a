// What was changed in a draft, in words for a reviewer who does not read Markdown.
import { sayFields } from '#studio/difference/say-fields.ts'
import { sayFiles } from '#studio/difference/say-files.ts'
import { sayItems } from '#studio/difference/say-items.ts'
import { saySections } from '#studio/difference/say-sections.ts'
import { lettersIn, sayExtent } from '#studio/difference/say-extent.ts'
import { written } from '#studio/difference/written.ts'

/** One state of a draft. */
export type DraftState = {
  source: string
  /** items.yaml beside it, or null. */
  itemsSource: string | null
  /** Name → `<hash>.<extension>`. */
  files: Readonly<Record<string, string>>
}

/**
 * Sentences in the order of the page: its heading fields, sections, items, files. Empty when nothing was changed.
 * @param before null for a document that is new
 */
export function sayDifference(before: DraftState | null, after: DraftState): string[] {
  const nothing: DraftState = { source: '', itemsSource: null, files: {} }
  const { source, itemsSource, files } = before ?? nothing
  return [
    ...(before ? saySource(source, after.source) : sayNew(after.source)),
    ...sayItems(itemsSource, after.itemsSource),
    ...sayFiles(files, after.files),
  ]
}

function saySource(before: string, after: string): string[] {
  if (before === after) return []
  const [a, b] = [written(before), written(after)]
  if (!a || !b) return [`正文：${sayExtent(before, after)}。有一处写法还读不懂，所以不分节说。`]
  const said = [...sayFields(a.fields, b.fields), ...saySections(a.sections, b.sections)]
  return said.length > 0 ? said : ['只改了写法（空格、空行之类），读者看到的一样。']
}

function sayNew(source: string): string[] {
  const sections = written(source)?.sections
  if (!sections) return ['这是新写的，正文里有一处写法还读不懂。']
  const letters = lettersIn(sections.map(({ text }) => text).join(''))
  const titled = sections.filter(({ title }) => title !== null).length
  return [`这是新写的，共${titled}节，${letters}字。`]
}
