// What a lesson shows in place of its islands: the list of its sections, and its questions as something to think about.
import type { OpenLesson } from '#course/library.server.ts'
import { leadToSite, type Here } from '#export/here.ts'
import type { Element, Node } from '#export/html.ts'
import { element } from '#export/markup.ts'
import { asks, printed } from '#quiz/printed.ts'

export type LessonParts = Pick<OpenLesson, 'sections' | 'questions'>

/** In place of the progress: where the sections are, and what only the site can do. */
export function sectionList({ sections, questions }: LessonParts, here: Here): Node[] {
  const links = sections
    .filter(({ id }) => /^s\d+$/.test(id))
    .map(({ id, title }) =>
      element('li', {}, [element('a', { class: 'line-link', href: `#${id}` }, [title])]),
    )
  const way = leadToSite(here)
  const link = way ? [element('a', { href: way }, ['去网站学这一课'])] : []
  return [
    element('h2', {}, ['这一课']),
    element('ol', {}, links),
    element('p', { class: 'note' }, [whatIsMissing(questions.size), ...link]),
  ]
}

const whatIsMissing = (count: number) =>
  count > 0
    ? `这里只能读。${count}道检查题要在网站上答，答完才看得到答案和依据，才记学时。`
    : '这里只能读，学时要在网站上学才记。'

/** The question without anything to press. It is drawn from the public half, so it cannot show an answer. */
export function questionToThinkAbout(item: string, { questions }: LessonParts): Node[] {
  const question = questions.get(item)
  if (!question) return []
  const number = [...questions.keys()].indexOf(item) + 1
  const heading = `想一想　第${number}题，共${questions.size}题　${asks(question.kind)}`
  const note =
    number === 1 ? [element('p', { class: 'note' }, ['先自己想。答题、看答案和记学时，要在网站上。'])] : []
  return [
    element('section', { class: 'think', id: item, 'aria-label': `想一想第${number}题` }, [
      element('p', { class: 'kicker' }, [heading]),
      element('p', { class: 'stem' }, [question.stem.replace(/_{4,}/g, '＿＿＿＿')]),
      ...printed(question).flatMap(pieceOf),
      ...note,
    ]),
  ]
}

function pieceOf({ text, lists }: ReturnType<typeof printed>[number]): Element[] {
  const [list, ...more] = lists.map(listOf)
  return [
    ...(text === '' ? [] : [element('p', {}, [text])]),
    ...(list && more.length === 0 ? [list] : []),
    ...(list && more.length > 0 ? [element('div', { class: 'pairs' }, [list, ...more])] : []),
  ]
}

const listOf = (texts: readonly string[]) =>
  element(
    'ul',
    { class: 'rows' },
    texts.map((text) => element('li', {}, [text])),
  )
