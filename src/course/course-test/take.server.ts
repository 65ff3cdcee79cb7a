// Handing in the test of a course: graded as a whole, recorded in one job, once. Who passes has the lessons.
import { v7 } from 'uuid'
import { now } from '#clock.server.ts'
import { gradePaper, pointsOf, triesBefore, type Answered, type Blank } from '#course/course-test/paper.ts'
import { secondsToRead } from '#course/course-test/reading-time.server.ts'
import { paperOf, testAt, triesAt, type Offered } from '#course/course-test/sitting.server.ts'
import { read, write } from '#db/database.server.ts'
import type { Session } from '#people/session.ts'
import { guessing } from '#quiz/guessing.ts'
import type { EventOf } from '#record/events/event.ts'
import { recordIn } from '#record/record.server.ts'
import { versionsInForce } from '#record/versions.server.ts'
import { Refusal } from '#refusal.ts'

/** What came of handing in. */
export type HandedIn =
  /** Recorded; `again` if this paper had been handed in before, which is what counts. */
  | { type: 'handed'; again: boolean }
  /** Nothing was graded or recorded: it could not be read in this time; so many seconds are still to go. */
  | { type: 'early'; seconds: number }
  /** Nothing was recorded: answers are missing, or the items have changed since the page was made. */
  | { type: 'incomplete'; blanks: Blank[]; changed: boolean }

/**
 * Takes a paper as it was posted: `course` (its address), `mark`, and the fields of each item.
 * @throws Refusal `not-found` if there is no such test, `closed` while the next try is not open.
 */
export async function takeCourseTest(session: Session, form: FormData): Promise<HandedIn> {
  const person = session.person.id
  const offered = await testAt(String(form.get('course') ?? ''))
  if (!offered) throw new Refusal('not-found', '没有找到这份测试。', '它可能已经收起，请回到课程页。')
  const mark = String(form.get('mark') ?? '')
  const { tries, againOn } = await triesAt(read, person, offered.course.id)
  if (tries.length > triesBefore(mark)) return { type: 'handed', again: true }
  if (againOn !== null) throw new Refusal('closed', '现在还不能测试，没有记录。', `${againOn}起可以再测。`)
  const paper = paperOf(offered, person, tries)
  const changed = mark !== paper.mark
  const seconds = changed ? 0 : secondsToRead(person, offered.course.id, paper, now().getTime())
  if (seconds > 0) return { type: 'early', seconds }
  const graded = gradePaper(paper.items, form)
  if (changed || graded.type === 'incomplete')
    return { type: 'incomplete', blanks: graded.type === 'incomplete' ? graded.blanks : [], changed }
  return recordTest(person, offered, graded.answers, tries.length)
}

/** One job: the answers and what they come to. Another hand-in of the same paper that came first is the one that counts. */
async function recordTest(
  person: string,
  { course, bank }: Offered,
  answers: readonly Answered[],
  before: number,
): Promise<HandedIn> {
  const inForce = await versionsInForce()
  const asked = new Set(bank.map(({ lesson }) => lesson))
  return write(async (tx) => {
    if ((await triesAt(tx, person, course.id)).tries.length > before) return { type: 'handed', again: true }
    const at = now().toISOString()
    for (const answered of answers)
      await recordIn(tx, { ...answerEvent(answered), id: v7(), person, at }, inForce)
    const tested: EventOf<'course-tested'> = {
      kind: 'course-tested',
      ...{ id: v7(), person, at, course: course.id, title: course.title },
      nature: course.compulsory ? 'compulsory' : 'elective',
      earned: pointsOf(answers),
      possible: answers.length,
      passShare: course.testPassShare,
      items: answers.map(({ item }) => item.id),
      // What no item can ask about was not tested.
      lessons: course.lessons
        .filter(({ id }) => asked.has(id))
        .map(({ id: lesson, edition, revisionId: revision, title, minutes }) => ({
          ...{ lesson, edition, revision, title, minutes },
        })),
    }
    await recordIn(tx, tested, inForce)
    return { type: 'handed', again: false }
  })
}

const answerEvent = ({ item, answer, earned, possible }: Answered) => ({
  kind: 'question-answered' as const,
  ...{ lesson: null, edition: null, item: item.id, itemRevision: item.revision },
  ...{ mode: 'test' as const, answer, earned, possible },
  ...{ indicator: item.indicator, difficulty: item.difficulty, guessing: guessing(item) },
})
