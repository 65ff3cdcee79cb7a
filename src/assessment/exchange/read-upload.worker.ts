// Reads an upload of items, or single items mended by hand, in a thread of its own, so that no file and no text can hold
// up the process. Started by read-upload.server.ts only.
import { workerData } from 'node:worker_threads'
import { fault, mostItems, type Found, type Written } from '#assessment/exchange/found.ts'
import { readJson, readYamlItems } from '#assessment/exchange/own-json.ts'
import { readQti, readQtiFile } from '#assessment/exchange/read-qti.ts'
import { readText } from '#assessment/exchange/read-text.ts'
import type { Asked, Format } from '#assessment/exchange/read-upload.server.ts'
import { readRows } from '#assessment/exchange/sheet-rows.ts'
import { textOf } from '#people/roster/read-roster.ts'
import { UnreadableFile } from '#sheet/limits.ts'
import { tellRows } from '#sheet/tell-rows.ts'

function decoded(bytes: Buffer): string {
  const text = textOf(bytes)
  if (text === null) throw new UnreadableFile('认不出文件的编码。', '另存为UTF-8，再上传。')
  return text
}

const readers: Record<Format, (bytes: Buffer) => Found[] | Promise<Found[]>> = {
  text: (bytes) => readText(decoded(bytes)),
  // The two libraries are large: they are loaded for the files that need them.
  xlsx: async (bytes) => readRows(await (await import('#sheet/read-sheet.ts')).readSheet(bytes)),
  docx: async (bytes) => readText(await (await import('#assessment/exchange/read-docx.ts')).readDocx(bytes)),
  qti: readQti,
  'qti-item': readQtiFile,
  json: (bytes) => readJson(decoded(bytes)),
  yaml: (bytes) => readYamlItems(decoded(bytes)),
}

/** The items of one that was mended; a text that cannot be read is an item with a fault, so that it stays. */
function readPiece(written: Written): Found[] {
  const { as, text } = written
  const unread = (message: string, mend: string): Found[] => [
    { type: 'item', place: '', draft: {}, faults: [fault(message, mend)], written },
  ]
  try {
    const found = as === 'yaml' ? readYamlItems(text) : readText(text)
    return found.some(({ type }) => type === 'item')
      ? found
      : unread('这里没有认出题目。', '以“1.”这样的题号开头，后面写题干。')
  } catch (error) {
    if (error instanceof UnreadableFile) return unread(error.message, error.hint)
    throw error
  }
}

async function readAll({ bytes, format }: Extract<Asked, { format: Format }>): Promise<Found[]> {
  const found = await readers[format](Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  if (found.length > mostItems)
    throw new UnreadableFile(
      `一共有${found.length}道题（或认不出的行），一次最多${mostItems}。`,
      '请分成几份，一份一份导入。',
    )
  return found
}

const asked = workerData as Asked
await tellRows<Found | Found[]>(async () =>
  'pieces' in asked ? asked.pieces.map(readPiece) : readAll(asked),
)
