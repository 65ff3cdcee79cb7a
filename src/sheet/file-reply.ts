// A file for download: its kind, and its name in letters that every browser takes and in Chinese.
import { ReadableStream } from 'node:stream/web'

const kinds = {
  csv: 'text/csv; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  json: 'application/json; charset=utf-8',
  zip: 'application/zip',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  sealed: 'application/octet-stream',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** @param name without its ending. */
export function fileReply(
  content: string | Uint8Array | AsyncIterable<Uint8Array>,
  format: keyof typeof kinds,
  { plain, name }: { plain: string; name: string },
): Response {
  // Two declarations of one thing: Node's, and the browser's that a Response asks for.
  const whole = typeof content === 'string' || content instanceof Uint8Array
  const body = (whole ? content : ReadableStream.from(content)) as BodyInit
  return new Response(body, {
    headers: {
      'Content-Type': kinds[format],
      'Content-Disposition': `attachment; filename="${plain}.${format}"; filename*=UTF-8''${encodeURIComponent(`${name}.${format}`)}`,
    },
  })
}
