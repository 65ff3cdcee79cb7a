// What a person could do next: lessons, practice and tests with the items whose answers would count as evidence now.
import { offersTo, type Offered } from '#assessment/offers.server.ts'
import type { LessonChecks } from '#course/checks.server.ts'
import { indicatorNow } from '#record/capability/model.server.ts'
import type { Candidate } from '#record/capability/next-step.ts'
import { reviewDays } from '#record/evidence/collect.ts'
import type { Evidence } from '#record/evidence/evidence.ts'
import { parametersOf } from '#record/evidence/likelihood.ts'
import { kindWeight, weigh } from '#record/evidence/weight.ts'
import { dayOf } from '#day.ts'
import { versionsInForce } from '#record/versions.server.ts'

type CalibrationAt = Awaited<ReturnType<typeof versionsInForce>>['calibration']

/** Everything on offer to somebody with this evidence, at an instant. */
export async function candidatesFor(
  personId: string,
  evidence: ReadonlyMap<string, readonly Evidence[]>,
  lessons: readonly LessonChecks[],
  at: string,
): Promise<Candidate[]> {
  const answers = [...evidence.values()]
    .flat()
    .flatMap((piece) => (piece.kind === 'observation' ? [] : [{ item: piece.item, at: piece.at }]))
  const since = new Date(Date.parse(at) - reviewDays * 86_400_000).toISOString()
  const recent = new Set(answers.filter((one) => one.at > since).map(({ item }) => item))
  const { calibration } = await versionsInForce()
  const offers = await offersTo(personId, new Set(answers.map(({ item }) => item)))
  return [
    ...lessons.map((lesson) => ofLesson(lesson, recent, calibration, at)),
    ...offers.map((offer) => ofOffer(offer, recent, calibration, at)),
  ]
}

function ofLesson(
  { id, title, href, minutes, items }: LessonChecks,
  recent: ReadonlySet<string>,
  calibration: CalibrationAt,
  at: string,
): Candidate {
  const fresh = items.filter((item) => !recent.has(item.id))
  return {
    ...{ id, sort: 'lesson', title, href, minutes, size: `${fresh.length}道检查题，约${minutes}分钟` },
    items: fresh.map((item) => ({
      ...{
        indicator: indicatorNow(item.indicator),
        kind: 'practice',
        weight: kindWeight.practice,
        chance: 1,
      },
      ...parametersOf({ ...item, calibration: calibration(item.id, item.revision, at) }),
    })),
  }
}

function ofOffer(
  { asks, ...offer }: Offered,
  recent: ReadonlySet<string>,
  calibration: CalibrationAt,
  at: string,
): Candidate {
  const unsupervised = offer.sort === 'test'
  return {
    ...offer,
    items: asks
      .filter(({ id }) => !recent.has(id))
      .map(({ id, revision, indicator, kind, chance, ...item }) => ({
        ...{
          indicator,
          kind,
          chance,
          weight: weigh({ kind, at, unsupervised }, dayOf(at)),
        },
        ...parametersOf({ ...item, calibration: calibration(id, revision, at) }),
      })),
  }
}
