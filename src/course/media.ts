// Which files may stand beside a lesson: type by extension, how large at most, and how the first bytes must look.

/** One allowed type. */
export type MediaType = {
  /** Sent as Content-Type. */
  mime: string
  /** Bytes at most. */
  most: number
  /** True if the first bytes are those of this type; text types are checked as UTF-8 instead. */
  begins?: (head: Uint8Array) => boolean
}

const KB = 1024
const MB = 1024 * KB

const has = (head: Uint8Array, at: number, bytes: string) =>
  [...bytes].every((byte, index) => head[at + index] === byte.charCodeAt(0))

/** Extension → type. Everything else is refused. */
export const mediaTypes: Readonly<Record<string, MediaType>> = {
  svg: { mime: 'image/svg+xml', most: 512 * KB },
  png: { mime: 'image/png', most: 4 * MB, begins: (head) => has(head, 0, '\x89PNG\r\n\x1a\n') },
  jpg: { mime: 'image/jpeg', most: 4 * MB, begins: (head) => has(head, 0, '\xff\xd8\xff') },
  webp: { mime: 'image/webp', most: 4 * MB, begins: (head) => has(head, 0, 'RIFF') && has(head, 8, 'WEBP') },
  mp3: {
    mime: 'audio/mpeg',
    most: 20 * MB,
    begins: (head) => has(head, 0, 'ID3') || (head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0),
  },
  m4a: { mime: 'audio/mp4', most: 20 * MB, begins: (head) => has(head, 4, 'ftyp') },
  // WebM that holds sound only, as Android phones record it.
  weba: { mime: 'audio/webm', most: 20 * MB, begins: (head) => has(head, 0, '\x1a\x45\xdf\xa3') },
  mp4: { mime: 'video/mp4', most: 500 * MB, begins: (head) => has(head, 4, 'ftyp') },
  webm: { mime: 'video/webm', most: 500 * MB, begins: (head) => has(head, 0, '\x1a\x45\xdf\xa3') },
  vtt: {
    mime: 'text/vtt; charset=utf-8',
    most: MB,
    begins: (head) => has(head, 0, 'WEBVTT') || has(head, 0, '\xef\xbb\xbfWEBVTT'),
  },
  pdf: { mime: 'application/pdf', most: 30 * MB, begins: (head) => has(head, 0, '%PDF-') },
  pptx: {
    mime: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    most: 30 * MB,
    begins: (head) => has(head, 0, 'PK\x03\x04'),
  },
  txt: { mime: 'text/plain; charset=utf-8', most: MB },
  csv: { mime: 'text/csv; charset=utf-8', most: 5 * MB },
}

export const imageExtensions = ['svg', 'png', 'jpg', 'webp'] as const
export const audioExtensions = ['mp3', 'm4a', 'weba'] as const
export const videoExtensions = ['mp4', 'webm'] as const
export const attachmentExtensions = ['pdf', 'pptx', 'txt', 'csv'] as const

/** The extension of a file name in small letters; empty if it has none. */
export function extensionOf(name: string): string {
  return /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
}

/** True for a name of a file beside the lesson: no folder, no address, no hidden file, one of these extensions. */
export function isFileName(name: string, extensions: readonly string[]): boolean {
  return (
    /^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,120}$/u.test(name) && extensions.some((each) => name.endsWith(`.${each}`))
  )
}
