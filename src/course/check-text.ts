// One story or case, from source to what may be stored and drawn. Neither asks questions; a case has its five headings.
import type { Root } from 'mdast'
import type { z } from 'astro/zod'
import { Case, caseSections } from '#course/case.ts'
import { checkBody, checkIndicators, mediaOf } from '#course/check-lesson.ts'
import type { MediaUse } from '#course/check-lesson.ts'
import type { Known } from '#course/known.ts'
import { parseSource } from '#course/parse.ts'
import type { Place, Problem } from '#course/problem.ts'
import { componentsOf, sectionsOf } from '#course/sections.ts'
import { Story } from '#course/story.ts'
import { placeOf } from '#course/tree.ts'

export type CheckedText<Meta> =
  { type: 'checked'; meta: Meta; tree: Root; media: MediaUse[] } | { type: 'refused'; problems: Problem[] }

export const checkStory = (source: string, file: string, known: Known) =>
  checkText(source, file, known, Story, () => [])

export const checkCase = (source: string, file: string, known: Known) =>
  checkText(source, file, known, Case, (tree) => checkHeadings(tree, file))

function checkText<Meta extends { indicators: string[]; recording?: { src: string } | undefined }>(
  source: string,
  file: string,
  known: Known,
  shape: z.ZodType<Meta>,
  checkOwn: (tree: Root) => Problem[],
): CheckedText<Meta> {
  const parsed = parseSource(source, file, shape)
  const faults = checkBody(parsed, file)
  if (parsed.type === 'refused' || faults.length > 0) return { type: 'refused', problems: faults }
  const { meta, tree, place } = parsed
  const at = { file, ...place('indicators') }
  const problems = [...checkOwn(tree), ...checkNoQuiz(tree, file), ...checkIndicators(meta, known, at)]
  if (problems.length > 0) return { type: 'refused', problems }
  return {
    type: 'checked',
    meta,
    tree,
    media: [...recordingOf(meta, { line: 1, column: 1 }), ...mediaOf(tree)],
  }
}

/** The recording that the frontmatter of a story names. */
function recordingOf(meta: { recording?: { src: string } | undefined }, place: Place): MediaUse[] {
  return meta.recording ? [{ name: meta.recording.src, ...place }] : []
}

function checkHeadings(tree: Root, file: string): Problem[] {
  const titles = sectionsOf(tree).map(({ title }) => title)
  if (titles.join() === caseSections.join()) return []
  const message = `案例的小标题是“${titles.join('、')}”。`
  return [{ file, line: 1, column: 1, message, mend: `按次序用这五个：${caseSections.join('、')}。` }]
}

function checkNoQuiz(tree: Root, file: string): Problem[] {
  return componentsOf(tree)
    .filter(({ name }) => name === 'Quiz')
    .map((node) => ({
      file,
      ...placeOf(node),
      message: '检查题只放在课文里。',
      mend: '删去这一行，或把它写成一课。',
    }))
}
