// Reads an upload of items within its caps; by its name and its first bytes, which must agree.
import { join } from 'node:path'
import type { Found, Written } from '#assessment/exchange/found.ts'
import { inThread } from '#sheet/in-thread.server.ts'
import { limits, UnreadableFile } from '#sheet/limits.ts'

export type Format = 'text' | 'xlsx' | 'docx' | 'qti' | 'qti-item' | 'json' | 'yaml'

/** What the thread is given: a file, or items that were mended by hand. */
export type Asked = { bytes: Uint8Array; format: Format } | { pieces: Written[] }

const worker = join(import.meta.dirname, 'read-upload.worker.ts')

/**
 * Every item of an upload, each understood or with what is wrong.
 * @throws UnreadableFile
 */
export async function readUpload(
  { name, bytes }: { name: string; bytes: Uint8Array },
  milliseconds = limits.milliseconds,
): Promise<Found[]> {
  if (bytes.length === 0) throw new UnreadableFile('文件是空的。', '请选有题目的文件，或把题目粘贴进来。')
  if (bytes.length > limits.bytes) throw new UnreadableFile('文件超过5 MB。', '请分成几份，一份一份上传。')
  const asked: Asked = { bytes, format: formatOf(name, bytes) }
  const found = await inThread<Found>(worker, asked, milliseconds)
  if (!found.some(({ type }) => type === 'item'))
    throw new UnreadableFile(
      '里面没有认出题目。',
      '一道题以“1.”这样的题号开头，选项以“A.”开头，答案写成“答案：B”。可以对照写法说明改一改。',
    )
  return found
}

/** What each mended item became: one, or several. @throws UnreadableFile if it takes too long. */
export const readPieces = (pieces: Written[]): Promise<Found[][]> =>
  inThread<Found[]>(worker, { pieces } satisfies Asked)

const endings: [RegExp, Format][] = [
  [/\.(?:txt|md)$/i, 'text'],
  [/\.xlsx$/i, 'xlsx'],
  [/\.docx$/i, 'docx'],
  [/\.zip$/i, 'qti'],
  [/\.xml$/i, 'qti-item'],
  [/\.json$/i, 'json'],
  [/\.ya?ml$/i, 'yaml'],
]
const zips: readonly Format[] = ['xlsx', 'docx', 'qti']

function formatOf(name: string, bytes: Uint8Array): Format {
  const begins = Buffer.from(bytes.subarray(0, 4)).toString('hex')
  if (begins === 'd0cf11e0')
    throw new UnreadableFile(
      '这是旧格式的文件（.doc或.xls），或者加了密码。',
      '去掉密码，在Word、Excel或WPS里另存为.docx或.xlsx，再上传。',
    )
  const format = endings.find(([ending]) => ending.test(name))?.[1]
  if (!format)
    throw new UnreadableFile(
      '不认识这种文件。',
      '可以上传.txt、.docx、.xlsx、.json、.yaml，QTI 3的.zip或.xml，或本平台加密导出的.sealed。',
    )
  if (zips.includes(format) !== begins.startsWith('504b'))
    throw new UnreadableFile('文件名和里面的内容对不上。', '在原来的软件里打开，用“另存为”选对格式，再上传。')
  return format
}
