// `npm run restore`: puts a backup in the place of the database. No process may have the database open.
import { mkdirSync, rmSync } from 'node:fs'
import { eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/libsql'
import { now } from '#clock.server.ts'
import type { Backup } from '#db/backups.server.ts'
import { DatabaseInUse, takeLock, type Told } from '#db/lock.server.ts'
import type { Looked } from '#db/look-worker.server.ts'
import { restoringOf } from '#db/place.ts'
import { openPlain } from '#db/plain-client.server.ts'
import {
  beginRestore,
  commitRestore,
  findBackup,
  finishRestore,
  lookAt,
  prepareCopy,
  requireSameDatabase,
  restoreMedia,
} from '#db/restore.server.ts'
import { audit } from '#db/schema/people.ts'
import { mark } from '#db/schema/process.ts'
import { noteAct, theProcess } from '#people/audit.server.ts'
import { eraseIn } from '#people/erase.server.ts'
import { sayTime } from '#people/roster/say-time.ts'
import { restoredMark } from '#process/anchors.ts'
import { verifyCopy } from '#record/verify-copy.server.ts'
import { Refusal } from '#refusal.ts'

export type Wish = {
  /** `newest`, or the folder of a backup. */
  from: string
  /** Also if it is of another database. */
  replaceForeign: boolean
}

/**
 * Restores a backup; the data that it replaces is moved aside, never deleted. Resolves with what was done.
 * @throws Refusal, and then nothing was changed.
 */
export async function restore(dataDir: string, wish: Wish, told: Told): Promise<string> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const release = await takeLock(dataDir, {}).catch((error: unknown) => {
    if (!(error instanceof DatabaseInUse)) throw error
    throw new Refusal(
      'busy',
      '廉学正在运行，没有恢复。',
      '请先停止它（例如 systemctl stop lianxue），再恢复。',
    )
  })
  try {
    finishRestore(dataDir, told)
    const backup = findBackup(dataDir, wish.from)
    const there = await lookAt(dataDir)
    if (!wish.replaceForeign) requireSameDatabase(dataDir, backup, there)
    return await exchange(dataDir, backup, there, told)
  } finally {
    await release()
  }
}

async function exchange(dataDir: string, backup: Backup, there: Looked | null, told: Told) {
  const folder = beginRestore(dataDir, backup)
  try {
    const file = await prepareCopy(backup, folder, told.progress)
    const { faults } = await verifyCopy(file, backup, told.progress)
    for (const fault of faults) told.say(`备份里有一处对不上：${fault}`)
    const erased = await settleIn(file, backup, there?.erased ?? [])
    const lost = await restoreMedia(dataDir, backup, told.progress)
    for (const name of lost) told.say(`媒体文件 ${name} 备份里没有，或已损坏，没有恢复。`)
    const aside = commitRestore(dataDir)
    return sayDone(backup, { aside, before: there?.events ?? null, faults: faults.length, erased })
  } catch (error) {
    rmSync(restoringOf(dataDir), { recursive: true, force: true })
    throw error
  }
}

/**
 * What the copy has to know before it comes into force: that it was restored, because backups made since tell of
 * another history, and who was erased since and must not come back. Returns how many those are.
 */
async function settleIn(
  file: string,
  { name, manifest }: Backup,
  erased: readonly string[],
): Promise<number> {
  const client = openPlain(file)
  try {
    await client.execute('PRAGMA secure_delete = ON')
    const db = drizzle(client)
    const at = now().toISOString()
    await db.insert(mark).values({ name: restoredMark(at), value: manifest.createdAt })
    await noteAct(db, theProcess, 'data-restored', name)
    const known = await db.select({ id: audit.target }).from(audit).where(eq(audit.act, 'person-erased'))
    const since = erased.filter((id) => !known.some((one) => one.id === id))
    let again = 0
    for (const id of since) if (await eraseIn(db, id, theProcess)) again += 1
    return again
  } finally {
    client.close()
  }
}

type Done = { aside: string | null; before: number | null; faults: number; erased: number }

function sayDone({ path, manifest }: Backup, { aside, before, faults, erased }: Done): string {
  const fewer = before === null ? 0 : before - manifest.events
  return [
    `已恢复备份 ${path}：${manifest.events}条学习记录，${sayTime(manifest.createdAt)}的数据。`,
    ...(fewer > 0 ? [`比恢复以前少${fewer}条：是备份以后才有的。`] : []),
    ...(faults > 0 ? [`学习记录有${faults}处对不上，见上面，备份时就是这样。请交给安全管理员查明。`] : []),
    ...(erased > 0 ? [`备份以后删除过${erased}个人的个人信息，已再次删除。`] : []),
    ...(aside && before === null
      ? ['原来的数据读不出来。备份以后要是删除过谁的个人信息，请用 npm run erase 再删除一次。']
      : []),
    ...(aside ? [`原来的数据移到了 ${aside}，没有删除。里面有个人信息，确认不再需要以后请自行删除。`] : []),
    '所有人都已退出登录，没用过的口令条和一次性链接都作废了。现在可以启动：npm start',
  ].join('\n')
}
