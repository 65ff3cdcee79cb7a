// A Word document as the body of a lesson: read in a thread of its own within caps of size, time and memory.
import { join } from 'node:path'
import { inThread, type Overrun } from '#sheet/in-thread.server.ts'
import { UnreadableFile } from '#sheet/limits.ts'
import type { WordImport } from '#studio/word/word-import.ts'

const worker = join(import.meta.dirname, 'import-word.worker.ts')

/** Bytes as uploaded: pictures make documents heavy. */
const heaviest = 20 * 1024 * 1024
const seconds = 20

const overrun: Overrun = {
  slow: () => new UnreadableFile('这份文档读得太久，没有读完。', '请分成几份，一份一份导入。'),
  large: () => new UnreadableFile('文档里的内容太多，读不下。', '请删去用不着的内容，或分成几份导入。'),
}

/**
 * Reads a .docx; what could not be kept is listed. The pictures are as they were sent: who stores them calls
 * `takePicture`, which gives them the form that their names promise.
 * @throws UnreadableFile in words, when it is no Word document, damaged, or holds more than a lesson may.
 */
export async function importWord(
  bytes: Uint8Array,
  { milliseconds = seconds * 1000 }: { milliseconds?: number } = {},
): Promise<WordImport> {
  requireWord(bytes)
  const [read] = await inThread<WordImport>(worker, bytes, milliseconds, overrun)
  if (!read) throw new Error('The thread told nothing.')
  return read
}

function requireWord(bytes: Uint8Array) {
  if (bytes.length === 0) throw new UnreadableFile('文件是空的。', '请选一份写好的Word文档。')
  if (bytes.length > heaviest)
    throw new UnreadableFile(
      '文件超过20 MB。',
      '在Word里选中一张图片，用“压缩图片”把全部图片压到150 ppi，另存后再导入；或分成几份。',
    )
  const begins = Buffer.from(bytes.subarray(0, 4)).toString('hex')
  if (begins === 'd0cf11e0')
    throw new UnreadableFile(
      '这是旧格式的文档（.doc），或者加了密码。',
      '去掉密码，在Word或WPS里另存为“Word 文档 (.docx)”，再导入。',
    )
  if (!begins.startsWith('504b'))
    throw new UnreadableFile(
      '这不是Word文档。',
      '请选.docx文件；别的格式先在Word或WPS里打开，另存为“Word 文档 (.docx)”。',
    )
}
