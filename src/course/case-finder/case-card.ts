// What the case finder knows of a case. It travels to the browser, so that what a person tells need not travel here.
import type { Case, Need, Setting, Topic } from '#course/case.ts'
import type { Section } from '#course/sections.ts'

export type CaseCard = {
  /** Last part of its address. */
  slug: string
  title: string
  summary: string
  /** Words in which people tell of such a situation; never shown. */
  spoken: string[]
  /** All that is read in its sections. */
  text: string
  topics: Topic[]
  settings: Setting[]
  needs: Need[]
  /** The lesson behind it; null while nobody can read that. */
  lesson: { title: string; href: string } | null
}

/** The card of a case with its sections and the lesson behind it. */
export function cardOf(
  { slug, title, summary, spoken, topics, settings, needs }: Omit<Case, 'lesson'> & { slug: string },
  sections: Section[],
  lesson: CaseCard['lesson'],
): CaseCard {
  const text = sections.map((section) => section.text).join('\n')
  const behind = lesson && { title: lesson.title, href: lesson.href }
  return { slug, title, summary, spoken, text, topics, settings, needs, lesson: behind }
}
