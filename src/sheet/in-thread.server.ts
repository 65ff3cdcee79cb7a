// Reads a file in a thread of its own, within caps of time and memory: no upload can hold up the process.
import { Worker } from 'node:worker_threads'
import { limits, tooMuchInside, tooSlow, UnreadableFile } from '#sheet/limits.ts'

/** What the thread answers: a slice of the rows, or why there are none. */
export type Told<Row> = { rows: Row[]; more: boolean } | { refused: { message: string; hint: string } }

/** What is said of a file that takes too long or too much memory. */
export type Overrun = { slow: () => UnreadableFile; large: () => UnreadableFile }

const overrunSheet: Overrun = { slow: tooSlow, large: tooMuchInside }

/**
 * All rows that the thread reads.
 * @param file path of a worker that calls `tellRows`.
 * @param asked what it is given.
 * @throws UnreadableFile as the thread says, or if it takes too long or too much memory.
 */
export async function inThread<Row>(
  file: string,
  asked: unknown,
  milliseconds = limits.milliseconds,
  overrun = overrunSheet,
): Promise<Row[]> {
  const worker = new Worker(file, {
    workerData: asked,
    resourceLimits: { maxOldGenerationSizeMb: limits.megabytes, maxYoungGenerationSizeMb: 32 },
    stderr: true,
  })
  // Who asks hears of it; without a listener it would end the process.
  worker.on('error', () => undefined)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(overrun.slow()), milliseconds)
  })
  try {
    return await Promise.race([takeRows<Row>(worker, overrun), late])
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

/** Asks for slice after slice, so that taking over ten thousand rows never holds the process for long. */
async function takeRows<Row>(worker: Worker, overrun: Overrun): Promise<Row[]> {
  const rows: Row[] = []
  for (;;) {
    const told = await nextOf<Row>(worker, overrun)
    if ('refused' in told) throw new UnreadableFile(told.refused.message, told.refused.hint)
    rows.push(...told.rows)
    if (!told.more) return rows
    worker.postMessage(rows.length)
  }
}

function nextOf<Row>(worker: Worker, overrun: Overrun): Promise<Told<Row>> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error & { code?: string }) =>
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? overrun.large() : error)
    worker.once('message', (told: Told<Row>) => {
      worker.off('error', failed)
      resolve(told)
    })
    worker.once('error', failed)
  })
}
