// The page of a course's test as a browser has it: which form stands in it, and the same form sent back filled in.
import { prefixOf } from '#course/course-test/paper.ts'
import type { Item } from '#quiz/question.ts'
import { rightAnswer } from '#quiz/say-answer.ts'
import { filledForm } from '../../../quiz/filled-form.ts'

/** Fields that stand in the form of a single question alone. */
const ofOne = ['item', 'lesson', 'event']

/** Where the form of a page goes, and the form with every question answered rightly. */
export function filledPaper(html: string, keys: readonly Item[]): { action: string; form: FormData } {
  const form = new FormData()
  const [paper = ''] = /<form[^>]*takeCourseTest[^]*?<\/form>/.exec(html) ?? []
  const [, action = ''] = /<form[^>]* action="([^"#]+)/.exec(paper) ?? []
  for (const [, name = '', value = ''] of paper.matchAll(
    /<input type="hidden" name="(\w+)" value="([^"]*)"/g,
  ))
    form.set(name, value)
  for (const [, id = ''] of paper.matchAll(/<fieldset[^>]* id="(itm-[^"]+)"/g)) {
    const item = keys.find((one) => one.id === id)
    if (!item) throw new Error(`${id} is not in the test.`)
    for (const [name, value] of filledForm(rightAnswer(item), id))
      if (!ofOne.includes(name)) form.append(prefixOf(id) + name, value)
  }
  if (!form.has('mark')) throw new Error('There is no paper on this page.')
  return { action, form }
}
