// `npm run verify`: compares the whole record with its chains, its nightly roots and the backups, and what was derived
// with what the events give.
import { backupsIn } from '#db/backups.server.ts'
import { read } from '#db/database.server.ts'
import { FoundWrong, type Commands } from '#db/lock.server.ts'
import { ownIdMark } from '#db/manifest.ts'
import { backupsOf } from '#db/place.ts'
import { mark } from '#db/schema/process.ts'
import { settings } from '#env.ts'
import { anchorsFor } from '#process/anchors.ts'
import { verifyRecord } from '#record/verify.server.ts'

/** More faults than this are only counted. */
const mostSaid = 200

async function anchors(dataDir: string) {
  const marks = await read.select().from(mark)
  const own = marks.find(({ name }) => name === ownIdMark)?.value ?? ''
  return anchorsFor(backupsIn(backupsOf(dataDir)), own, marks).map(({ name, manifest }) => ({
    name,
    ...manifest,
  }))
}

/** The command behind `npm run verify`, for the running process and for a process of its own. */
export const verifyCommands: Commands = {
  verify: async (_args, say, progress) => {
    const found = await verifyRecord(read, await anchors(settings.dataDir), progress)
    for (const fault of found.faults.slice(0, mostSaid)) say(fault)
    const { events, chains, roots, anchors: backups } = found
    const what = `${events}条学习记录、${chains}个人的链、${roots}个夜间总校验值、${backups}份备份`
    if (found.faults.length === 0) return `核对完了：${what}，全部对得上。`
    throw new FoundWrong(
      `核对完了：${what}，有${found.faults.length}处对不上，见上面。\n` +
        '请保留现状，不要清理备份，交给安全管理员查明。要退回以前的数据：npm run restore -- --from 备份的文件夹',
    )
  },
}
