// What a new document begins with: its frontmatter as far as it is known, and the headings that its kind needs.
import { stringify } from 'yaml'
import { caseSections } from '#course/case.ts'
import type { DraftKind } from '#studio/draft/draft.ts'

export type Beginning = {
  kind: DraftKind
  /** Permanent id. */
  id: string
  title: string
  /** Who compares it with the sources. */
  checkedBy: string
  /** Today, and a year from now. */
  checkedOn: string
  reviewBy: string
}

const prefixes: Record<DraftKind, string> = { lesson: 'lsn', story: 'sto', case: 'cas' }

/** A permanent id from the last part of an address. */
export const idFor = (kind: DraftKind, slug: string) => `${prefixes[kind]}-${slug}`

/** The source; `body` of something that was brought in from a Word file, or the headings of the kind. */
export function newSource({ kind, id, title, checkedBy, checkedOn, reviewBy }: Beginning, body?: string) {
  const own = {
    lesson: { minutes: 5, edition: 1, path: '不想腐', indicators: [] },
    story: { hall: '清廉故事', season: '春', path: '不想腐', indicators: [], question: '' },
    case: {
      ...{ path: '不能腐', indicators: [], topics: [], settings: [], needs: [], spoken: [] },
      lesson: '',
    },
  }[kind]
  const meta = {
    ...{ id, title, summary: '', ...own },
    ...{ sources: [], attribution: 'certain', checkedBy, checkedOn, reviewBy },
  }
  return `---\n${stringify(meta)}---\n\n${body ?? headings(kind)}`
}

function headings(kind: DraftKind): string {
  const titles = kind === 'case' ? caseSections : kind === 'lesson' ? ['第一节'] : []
  return titles.map((title) => `## ${title}\n`).join('\n')
}
