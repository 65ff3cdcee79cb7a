// test.yaml of a course, the items of its test: enough for a paper, each from the words of one of its lessons, and
// every lesson asked about, since who passes has them all.
import { z } from 'astro/zod'
import { Item } from '#quiz/question.ts'
import { checkEach, type CheckedItems } from '#course/check-items.ts'
import type { Course } from '#course/course.ts'
import type { Known } from '#course/known.ts'
import { checkLimits } from '#course/limits.ts'
import { normalise, parseTree } from '#course/parse.ts'
import type { Problem } from '#course/problem.ts'
import { readYaml } from '#course/read-yaml.ts'
import { plainText, quotes } from '#course/sections.ts'

const Items = z.array(Item).max(200)

/** What a test is checked against. */
export type TestContext = {
  course: Pick<Course, 'id' | 'testDraw'>
  /** The lessons of the course as their files are. */
  lessons: readonly { file: string; source: string }[]
  known: Known
}

/** Reads test.yaml. While a lesson cannot be read, nothing is said about passages: they may be from that one. */
export function checkTest(
  source: string,
  file: string,
  { course, lessons, known }: TestContext,
): CheckedItems {
  const read = readYaml(source, Items, file)
  if (read.type === 'refused') return read
  const items = read.value
  const at = (index: number, field: string) => ({ file, ...read.place([index, field]) })
  const texts = lessons.map(textOf)
  const readable = texts.every((text) => text !== null)
  const problems = [
    ...checkNumber(items.length, course.testDraw, file),
    ...checkEach(items, { texts: readable ? texts : null, home: course.id, known }, at),
    ...lessons.flatMap((lesson, i) => checkAsked(items, lesson.file, texts[i] ?? null, file)),
  ]
  return problems.length > 0 ? { type: 'refused', problems } : { type: 'checked', items }
}

/** All that is read in a lesson, or null if it cannot be read; what is wrong with it is said elsewhere. */
function textOf({ file, source }: { file: string; source: string }): string | null {
  const text = normalise(source)
  const parsed = checkLimits(text, file).length > 0 ? null : parseTree(text, file)
  return parsed && 'tree' in parsed ? plainText(parsed.tree) : null
}

function checkNumber(items: number, draw: number, file: string): Problem[] {
  if (items >= draw) return []
  const mend = '再写几道题，或把 course.yaml 里的 testDraw 改小。'
  return [{ file, line: 1, column: 1, message: `只有${items}道题，每次测试要抽${draw}道。`, mend }]
}

function checkAsked(items: Item[], lesson: string, text: string | null, file: string): Problem[] {
  if (text === null || items.some(({ passage }) => quotes(text, passage))) return []
  const mend = '给这一课写至少一道题：测试通过以后，这一课也算学过。'
  return [{ file, line: 1, column: 1, message: `没有一道题出自 ${lesson}。`, mend }]
}
