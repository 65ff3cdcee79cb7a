// Watches one lesson while a cadre studies it at the screen, and journals what happened.
import type { EntryBody } from '#kiosk/entry-body.ts'
import type { PackLesson } from '#kiosk/pack/contents.ts'
import { secondsBefore, type Answered } from '#kiosk/visit/answer-pace.ts'
import { beginStretch, isDue, seeing, stirred, tell, until, type Stretch } from '#kiosk/visit/study.ts'
import type { Answer, Item } from '#quiz/question.ts'

type Around = {
  keep: (body: EntryBody) => Promise<unknown>
  /** Monotonic milliseconds. */
  clock: () => number
  /** Calls back each second; returns what ends that. */
  eachSecond: (tick: () => void) => () => void
}

export type Study = {
  /** Ids of the sections in view. */
  see: (sections: readonly string[]) => void
  /** A touch, a turned page, a sentence read aloud. */
  stir: () => void
  /** Seconds to wait before this check may be answered; 0 now. Answers given sooner are not taken by the server. */
  wait: (item: Item) => number
  /** Journals an answer. */
  answer: (item: Item, answer: Answer) => void
  /** The lesson was left: what is left of its time is journalled. */
  end: () => void
}

/** Begins to watch a lesson that was just opened in a visit. */
export function trackStudy(
  visit: string,
  { id: lesson, edition, revision }: Pick<PackLesson, 'id' | 'edition' | 'revision'>,
  { keep, clock, eachSecond }: Around,
): Study {
  const openedAt = clock()
  const answered: Answered[] = []
  let stretch: Stretch = beginStretch(openedAt)
  let inView: readonly string[] = []

  const flush = () => {
    const { told, after } = tell(until(stretch, clock()))
    // What is in view when a stretch is told is seen in the next one, too.
    stretch = told ? inView.reduce(seeing, after) : after
    // A full machine says so in every view (screen/Frame.svelte).
    if (told) void keep({ kind: 'studied', visit, lesson, edition, revision, ...told }).catch(() => undefined)
  }
  const stop = eachSecond(() => {
    stretch = until(stretch, clock())
    if (isDue(stretch)) flush()
  })

  return {
    see: (sections) => {
      inView = sections
      stretch = sections.reduce(seeing, stretch)
    },
    stir: () => (stretch = stirred(stretch, clock())),
    wait: (item) => secondsBefore(item, openedAt, answered, clock()),
    answer: (item, answer) => {
      answered.push({ item, at: clock() })
      flush()
      const what = { visit, lesson, edition, revision, item: item.id, answer }
      void keep({ kind: 'answered', ...what }).catch(() => undefined)
    },
    end: () => (stop(), flush()),
  }
}
