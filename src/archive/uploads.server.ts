// Files of hours that were uploaded and are being looked at.
import type { Upload } from '#archive/read-file.server.ts'
import { keepUploads } from '#sheet/kept.server.ts'
import { limits } from '#sheet/limits.ts'
import type { Session } from '#people/session.ts'
import { Refusal } from '#refusal.ts'

const kept = keepUploads<Upload>()

/**
 * Keeps a file to be looked at; the oldest make room.
 * @returns its id
 * @throws Refusal `invalid` if there is none.
 */
export async function keepUpload(session: Session, file: File | null | undefined): Promise<{ id: string }> {
  if (!file || file.size === 0)
    throw new Refusal('invalid', '没有收到文件，或者文件是空的。', '请选填好的文件。')
  if (file.size > limits.bytes) throw new Refusal('too-large', '文件超过5 MB。', '请分成几份，一份一份上传。')
  const bytes = new Uint8Array(await file.arrayBuffer())
  return { id: kept.keep(session.person.id, { name: file.name.slice(0, 200), bytes }) }
}

/** @throws Refusal `closed` if it is not kept any more, or is somebody else's. */
export function uploadOf(session: Session, id: string): Upload {
  const upload = kept.of(session.person.id, id)
  if (!upload)
    throw new Refusal('closed', '这次上传的文件已经不在了。', '请再选一次文件上传；已经存下的批次不受影响。')
  return upload
}

/** What was stored need not be kept. */
export const dropUpload = (id: string) => kept.drop(id)
