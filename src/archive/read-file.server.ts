// Reads an upload within its caps: bytes, time, memory. What is inside is read by a thread of its own.
import { join } from 'node:path'
import { inThread } from '#sheet/in-thread.server.ts'
import { limits, UnreadableFile } from '#sheet/limits.ts'
import type { Frame, ReadRow } from '#archive/read-row.ts'

/** What the thread is given. */
export type Asked = { bytes: Uint8Array; format: 'xlsx' | 'csv'; frame: Frame }

export type Upload = { name: string; bytes: Uint8Array }

/**
 * Every row of an upload, each understood or with what is wrong.
 * @param milliseconds how long it may take.
 * @throws UnreadableFile
 */
export async function readFile(
  upload: Upload,
  frame: Frame,
  milliseconds = limits.milliseconds,
): Promise<ReadRow[]> {
  const asked: Asked = { bytes: upload.bytes, format: formatOf(upload), frame }
  return inThread<ReadRow>(join(import.meta.dirname, 'read-file.worker.ts'), asked, milliseconds)
}

/**
 * By its name and its first bytes; both must agree.
 * @throws UnreadableFile
 */
function formatOf({ name, bytes }: Upload): Asked['format'] {
  if (bytes.length === 0) throw new UnreadableFile('文件是空的。', '请选填好的文件。')
  if (bytes.length > limits.bytes) throw new UnreadableFile('文件超过5 MB。', '请分成几份，一份一份上传。')
  const begins = Buffer.from(bytes.subarray(0, 4)).toString('hex')
  if (begins === 'd0cf11e0')
    throw new UnreadableFile(
      '这是旧格式的工作簿 (.xls)，或者加了密码。',
      '去掉密码，在Excel或WPS里另存为“Excel 工作簿 (.xlsx)”，再上传。',
    )
  const zipped = begins.startsWith('504b')
  if (/\.xlsx$/i.test(name)) {
    if (zipped) return 'xlsx'
    throw new UnreadableFile(
      '文件名是.xlsx，里面却不是工作簿。',
      '在Excel或WPS里打开，另存为.xlsx或CSV，再上传。',
    )
  }
  if (/\.(csv|txt)$/i.test(name)) {
    if (!zipped) return 'csv'
    throw new UnreadableFile('文件名是CSV，里面却是压缩文件或工作簿。', '在Excel或WPS里另存为CSV，再上传。')
  }
  throw new UnreadableFile('只收Excel工作簿 (.xlsx) 和CSV文件。', '请另存为其中一种，再上传。')
}
