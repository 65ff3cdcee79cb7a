// Files as they are: what the build made for browsers (dist/client), and pictures, sound and film of the library
// (DATA_DIR/media, named by their hash). Nothing else in either folder can be named from outside.
import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { attachmentExtensions, extensionOf, mediaTypes } from '#course/media.ts'
import { chooseEncoding, encode, type Encoding } from '#process/encode.server.ts'
import type { Answer, Visit } from '#process/front-door.server.ts'
import { sendBytes, sendFile, type Served } from '#process/send-file.server.ts'

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}
const forEver = 'public, max-age=31536000, immutable'
const isText = /^text\/|javascript|json|svg/
/** A service worker goes by the policy of its own reply. */
const worker = { 'Content-Security-Policy': "default-src 'none'; connect-src 'self'" }
/** A drawing opened by itself is a document: it gets no scripts and no origin. */
const drawing = { 'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox" }

const isLook = ({ method }: Visit) => method === 'GET' || method === 'HEAD'

/** Answers with the files that the build made; they are listed once, so nothing else can be reached. */
export function builtFiles(clientDir: string): Answer {
  const files = new Map(listFiles(clientDir).map((file) => describe(clientDir, file)))
  const compressed = new Map<string, Promise<Buffer>>()
  return async (visit) => {
    const served = isLook(visit) ? files.get(visit.path) : undefined
    if (!served) return false
    const encoding = encodingFor(visit, served)
    if (encoding === 'identity') return sendFile(visit, served)
    const key = `${encoding} ${served.file}`
    const body = compressed.get(key) ?? readFile(served.file).then((bytes) => encode(bytes, encoding, true))
    compressed.set(key, body)
    return sendBytes(visit, encodedHeaders(served, encoding), await body)
  }
}

function encodingFor({ req }: Visit, served: Served): Encoding {
  const text = isText.test(served.headers['Content-Type'] ?? '')
  return text ? chooseEncoding(req.headers['accept-encoding']?.toString()) : 'identity'
}

const encodedHeaders = ({ headers }: Served, encoding: Encoding) => ({
  ...headers,
  ETag: (headers['ETag'] as string).replace(/"$/, `-${encoding}"`),
  'Content-Encoding': encoding,
  Vary: 'Accept-Encoding',
})

function listFiles(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** The address of a built file, and how it is sent; what lies in _astro/ has its hash in its name. */
function describe(folder: string, file: string): [string, Served] {
  const address = `/${relative(folder, file).split(sep).map(encodeURIComponent).join('/')}`
  const { size, mtimeMs } = statSync(file)
  const tag = createHash('sha256').update(`${address} ${size} ${mtimeMs}`).digest('base64url').slice(0, 16)
  const type = types[extname(file)] ?? 'application/octet-stream'
  const storing = address.startsWith('/_astro/') ? forEver : 'no-cache'
  const own = { 'Content-Type': type, 'Cache-Control': storing, ETag: `"${tag}"` }
  const policy = type === 'image/svg+xml' ? drawing : address === '/kiosk-worker.js' ? worker : {}
  return [address, { file, size, headers: { ...own, ...policy } }]
}

/** Answers with the media of the library: `/media/<hash>.<extension>`. */
export function mediaFiles(dataDir: string): Answer {
  return async (visit) => {
    const name = isLook(visit) ? /^\/media\/([0-9a-f]{64}\.[a-z0-9]{2,5})$/.exec(visit.path)?.[1] : undefined
    const headers = name && mediaHeaders(name)
    if (!name || !headers) return false
    const file = join(dataDir, 'media', name)
    const stats = await stat(file).catch(() => null)
    return stats?.isFile() ? sendFile(visit, { file, size: stats.size, headers }) : false
  }
}

/** Null for a type that the library does not take. Attachments are saved, never opened on our origin. */
function mediaHeaders(name: string): Record<string, string> | null {
  const extension = extensionOf(name)
  const type = mediaTypes[extension]?.mime
  if (!type) return null
  const own = { 'Content-Type': type, 'Cache-Control': forEver, ETag: `"${name}"` }
  const attached = (attachmentExtensions as readonly string[]).includes(extension)
  return {
    ...own,
    ...(extension === 'svg' && drawing),
    ...(attached && { 'Content-Disposition': 'attachment' }),
  }
}
