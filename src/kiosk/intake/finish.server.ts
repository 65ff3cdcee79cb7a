// Finishes the lessons of which nothing is missing any more, once for all entries that were settled together.
import { settleIfPublished } from '#course/study.server.ts'
import type { Settled } from '#kiosk/intake/settled.ts'
import { log } from '#process/log.server.ts'

/**
 * Call before the entries count as settled: after a crash they are settled again, and finished again.
 * @returns those whose lesson could not be finished now; they must not count as settled yet.
 */
export async function finishStudied(all: Settled[]): Promise<Set<Settled>> {
  const studied = all.flatMap((one) =>
    one.state === 'settled' && one.studied ? [{ one, ...one.studied }] : [],
  )
  const unfinished = new Set<Settled>()
  for (const group of Map.groupBy(studied, ({ person, lesson }) => `${person} ${lesson}`).values()) {
    const { person, lesson } = group[0] as (typeof studied)[number]
    await settleIfPublished(person, lesson).catch((err: unknown) => {
      log.error({ err, lesson }, 'a lesson studied at a kiosk could not be finished')
      for (const { one } of group) unfinished.add(one)
    })
  }
  return unfinished
}
