// Files that were uploaded and are being looked at. They are kept in memory, a few at a time, until their rows are
// stored: nothing of them lies on the disk, and who loses one after a restart uploads it again.
import { v7 } from 'uuid'
import type { Upload } from '#archive/read-file.server.ts'
import { limits } from '#archive/limits.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'

/** As many as are kept together, and of one officer. */
const most = { all: 12, own: 3 }

const kept = new Map<string, Upload & { owner: string }>()

/**
 * Keeps a file to be looked at; the oldest make room.
 * @returns its id
 * @throws Refusal `invalid` if there is none.
 */
export async function keepUpload(session: Session, file: File | null | undefined): Promise<{ id: string }> {
  if (!file || file.size === 0)
    throw new Refusal('invalid', '没有收到文件，或者文件是空的。', '请选填好的文件。')
  if (file.size > limits.bytes) throw new Refusal('too-large', '文件超过5 MB。', '请分成几份，一份一份上传。')
  const owner = session.person.id
  const bytes = new Uint8Array(await file.arrayBuffer())
  const mine = [...kept].filter(([, one]) => one.owner === owner)
  for (const [id] of mine.slice(0, Math.max(0, mine.length - most.own + 1))) kept.delete(id)
  for (const id of [...kept.keys()].slice(0, Math.max(0, kept.size - most.all + 1))) kept.delete(id)
  const id = v7()
  kept.set(id, { owner, name: file.name.slice(0, 200), bytes })
  return { id }
}

/** @throws Refusal `closed` if it is not kept any more, or is somebody else's. */
export function uploadOf(session: Session, id: string): Upload {
  const upload = kept.get(id)
  if (upload?.owner !== session.person.id)
    throw new Refusal('closed', '这次上传的文件已经不在了。', '请再选一次文件上传；已经存下的批次不受影响。')
  return upload
}

/** What was stored need not be kept. */
export const dropUpload = (id: string) => void kept.delete(id)
