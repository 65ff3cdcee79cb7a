// Restores a backup into a folder of its own and verifies everything in it, in a thread of its own. Started by
// backups.server.ts.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { mediaPlaces, type Backup } from '#db/backups.server.ts'
import { hashOfFile } from '#db/copy-file.server.ts'
import { inWords, untold } from '#db/lock.server.ts'
import { prepareCopy } from '#db/restore.server.ts'
import { verifyCopy } from '#record/verify-copy.server.ts'
import { Refusal } from '#refusal.ts'

/** What the thread is given, and what it answers: sentences, none if the backup is good. */
export type TestTask = { backup: Backup; folder: string }
export type TestFaults = string[]

async function mediaFaults(backup: Backup): Promise<string[]> {
  const faults: string[] = []
  for (const name of backup.manifest.media) {
    const path = mediaPlaces(backup)
      .map((folder) => join(folder, name))
      .find((each) => existsSync(each))
    if (!path) faults.push(`媒体文件 ${name} 不见了。`)
    else if (!name.startsWith(await hashOfFile(path))) faults.push(`媒体文件 ${name} 坏了。`)
  }
  return faults
}

async function test({ backup, folder }: TestTask): Promise<TestFaults> {
  try {
    const file = await prepareCopy(backup, folder, untold.progress)
    const { faults } = await verifyCopy(file, backup, untold.progress)
    return [...faults, ...(await mediaFaults(backup))]
  } catch (error) {
    return [error instanceof Refusal ? inWords(error) : `没有测完：${inWords(error)}`]
  }
}

parentPort?.postMessage(await test(workerData as TestTask))
