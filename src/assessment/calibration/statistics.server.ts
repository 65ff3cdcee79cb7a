// Statistics of all items and calibrations, computed in a thread and stored: each night, and when somebody asks.
import { Worker } from 'node:worker_threads'
import type { Computed, Task, Told } from '#assessment/calibration/answers-worker.server.ts'
import { now } from '#clock.server.ts'
import { write } from '#db/database.server.ts'
import type { Progress } from '#db/lock.server.ts'
import { itemStatistics } from '#db/schema/assessment.ts'
import { modelInUse } from '#record/capability/model.server.ts'
import type { Post } from '#record/capability/model.ts'

/**
 * Computes the statistics of every item, stores them, and returns all that was computed. Others go on meanwhile.
 * @param calibrate what to calibrate too, if anything.
 */
export async function computeStatistics(
  dataDir: string,
  calibrate: Task['calibrate'] = null,
  progress: Progress = () => undefined,
): Promise<Computed> {
  const computedAt = now().toISOString()
  const groups = groupsOf([...modelInUse().posts.values()])
  const computed = await inThread({ dataDir, at: computedAt, groups, calibrate }, progress)
  // Jobs of one turn share a commit.
  await Promise.all(
    computed.statistics.map(([itemId, body]) =>
      write((tx) =>
        tx
          .insert(itemStatistics)
          .values({ itemId, computedAt, body })
          .onConflictDoUpdate({ target: itemStatistics.itemId, set: { computedAt, body } }),
      ),
    ),
  )
  return computed
}

/**
 * By post the group in which its people are compared: the posts of one category, called by their names. Of what is held
 * of a person only the post says what somebody may have had occasion to know; gender, age and origin are not held.
 */
export function groupsOf(posts: readonly Pick<Post, 'id' | 'name' | 'category'>[]): Record<string, string> {
  const names = Map.groupBy(posts, ({ category }) => category)
  const nameOf = (category: string) => (names.get(category) ?? []).map(({ name }) => name).join('、')
  return Object.fromEntries(posts.map(({ id, category }) => [id, nameOf(category)]))
}

function inThread(workerData: Task, progress: Progress): Promise<Computed> {
  const worker = new Worker(new URL('./answers-worker.server.ts', import.meta.url), { workerData })
  let computed: Computed | undefined
  return new Promise((resolve, reject) => {
    worker.on('message', (told: Told) => {
      if ('dimension' in told) progress(...told.dimension, '校准题目')
      else computed = told.computed
    })
    worker.once('error', reject)
    worker.once('exit', () =>
      computed ? resolve(computed) : reject(new Error('The thread of statistics ended early.')),
    )
  })
}
