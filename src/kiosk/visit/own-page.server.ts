// Gathers what the screen shows to a cadre of himself. Looking at one's own record is noted nowhere.
import { now } from '#clock.server.ts'
import { askedBy } from '#course/asked.server.ts'
import { studyState } from '#course/study.server.ts'
import { dayOf } from '#day.ts'
import type { OwnPage } from '#kiosk/visit/own-page.ts'
import { sayOwed } from '#kiosk/visit/say-owed.ts'
import type { Visit } from '#kiosk/visit/visit.server.ts'
import { postHistoryOf } from '#people/posts.server.ts'
import { owed } from '#plan/owed.ts'
import { meterNames, sayPeriod } from '#plan/say-meter.ts'
import { requirements } from '#plan/requirements.server.ts'
import { lessonsOf } from '#record/capability/belief.server.ts'
import { modelInUse } from '#record/capability/model.server.ts'
import { creditsOf } from '#record/hours/credited.server.ts'
import { Refusal } from '#refusal.ts'

/** Lessons begun that are told of; more nobody goes on with. */
const mostBegun = 20

export async function ownPageOf({ personId, name }: Visit): Promise<OwnPage> {
  const today = dayOf(now().toISOString())
  const [meters, { begun, finished }] = await Promise.all([metersOf(personId, today), lessonsOf(personId)])
  const going = await Promise.all(begun.slice(0, mostBegun).map(({ lesson }) => leftIn(personId, lesson)))
  return {
    name,
    owed: sayOwed(meters),
    meters: meters.map((meter) => ({
      name: meterNames[meter.meter],
      period: sayPeriod(meter),
      owed: meter.owed,
      done: meter.done,
    })),
    begun: going.filter((one) => one !== null),
    finished: [...finished],
  }
}

async function metersOf(personId: string, today: string) {
  const { posts } = modelInUse()
  const [history, credits] = await Promise.all([postHistoryOf(personId), creditsOf(personId)])
  const held = history.flatMap(({ post, from, to }) => {
    const category = posts.get(post)?.category
    return category === undefined ? [] : [{ category, from, to }]
  })
  return owed(requirements, held, credits, today)
}

/** What a lesson that was begun still asks for; null once it is withdrawn. */
async function leftIn(personId: string, lessonId: string) {
  try {
    const { missing } = await studyState(personId, await askedBy(lessonId))
    return { lesson: lessonId, left: missing }
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}
