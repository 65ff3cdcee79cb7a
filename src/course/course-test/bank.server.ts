// The items of a course's test that can be asked today. Nothing of them reaches a page but through a paper.
import { itemsOf, textOf, type PublishedCourse } from '#course/library.server.ts'
import { quotes } from '#course/sections.ts'
import type { TestItem } from '#course/course-test/paper.ts'

/** Fewer items measure too little to stand for a course. */
const fewest = 6

/**
 * The items whose passage stands in a lesson that is on show: what was withdrawn or rewritten is not asked. Empty if
 * there are too few, or none at all: the course then offers no test.
 */
export async function testBank(course: PublishedCourse): Promise<TestItem[]> {
  const items = [...(await itemsOf(course.revisionId)).values()]
  if (items.length === 0) return []
  const texts = await Promise.all(
    course.lessons.map(async ({ id, revisionId }) => ({ lesson: id, text: await textOf(revisionId) })),
  )
  const bank = items.flatMap((item): TestItem[] => {
    const home = texts.find(({ text }) => quotes(text, item.passage))
    return home ? [{ item, lesson: home.lesson }] : []
  })
  return bank.length < fewest ? [] : bank
}

/** True if the course offers a test today. */
export async function offersTest(course: PublishedCourse): Promise<boolean> {
  return (await testBank(course)).length > 0
}
