// A file for download: its kind, and its name in letters that every browser takes and in Chinese.
import { ReadableStream } from 'node:stream/web'

const kinds = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** @param name without its ending. */
export function fileReply(
  content: string | AsyncIterable<Uint8Array>,
  format: keyof typeof kinds,
  { plain, name }: { plain: string; name: string },
): Response {
  // Two declarations of one thing: Node's, and the browser's that a Response asks for.
  const body = typeof content === 'string' ? content : (ReadableStream.from(content) as unknown as BodyInit)
  return new Response(body, {
    headers: {
      'Content-Type': kinds[format],
      'Content-Disposition': `attachment; filename="${plain}.${format}"; filename*=UTF-8''${encodeURIComponent(`${name}.${format}`)}`,
    },
  })
}
