// Packs over the line: GET /kiosk/pack/<playlist>/manifest and GET /kiosk/pack/entry/<hash>, for enrolled kiosks only.
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { extensionOf, mediaTypes } from '#course/media.ts'
import { kioskOf } from '#kiosk/fleet/token.server.ts'
import { signedManifest } from '#kiosk/pack/current.server.ts'
import type { SignedManifest } from '#kiosk/pack/manifest.ts'
import { compressedOf, fileOfEntry } from '#kiosk/pack/store.server.ts'
import { chooseEncoding, encode } from '#process/encode.server.ts'
import type { Answer, Visit } from '#process/front-door.server.ts'
import { sendRefusal } from '#process/reply.server.ts'
import { sendFile } from '#process/send-file.server.ts'
import { Refusal } from '#refusal.ts'

const manifestAddress = /^\/kiosk\/pack\/([a-z0-9-]{1,40})\/manifest$/
/** Of a file of the library with its extension, because it lies elsewhere. */
const entryAddress = /^\/kiosk\/pack\/entry\/([0-9a-f]{64})(\.[a-z0-9]{2,5})?$/

/** Answers kiosks that ask for their pack. */
export function packRoutes(dataDir: string): Answer {
  return async (visit) => {
    const { req, res, method, path } = visit
    const [, playlist] = manifestAddress.exec(path) ?? []
    const [, hash, extension = ''] = entryAddress.exec(path) ?? []
    if (method !== 'GET' || (playlist === undefined && hash === undefined)) return false
    try {
      await kioskOf(req.headers['x-kiosk'])
      if (playlist !== undefined) await sendManifest(visit, (await signedManifest(playlist)) ?? noneYet())
      else if (hash !== undefined) await sendEntry(visit, dataDir, hash, extension)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      sendRefusal(res, error)
    }
    return true
  }
}

function noneYet(): never {
  throw new Refusal('busy', '内容包正在做，还没有好。', '这台机器过一会儿会自己再来取。')
}

/** Compressed: it is half hashes and half addresses that are alike. */
async function sendManifest({ req, res }: Visit, signed: SignedManifest): Promise<void> {
  const encoding = chooseEncoding(req.headers['accept-encoding']?.toString())
  const body = await encode(Buffer.from(JSON.stringify(signed)), encoding)
  res.writeHead(200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(body.length),
    ...(encoding !== 'identity' && { 'Content-Encoding': encoding }),
    Vary: 'Accept-Encoding',
  })
  res.end(body)
}

async function sendEntry(visit: Visit, dataDir: string, hash: string, extension: string): Promise<void> {
  const isMedium = extension !== '' && Object.hasOwn(mediaTypes, extensionOf(extension))
  const file = isMedium ? join(dataDir, 'media', `${hash}${extension}`) : fileOfEntry(dataDir, hash)
  const own = { 'Content-Type': 'application/octet-stream', 'Cache-Control': 'no-store' }
  const packed = isMedium ? null : await stat(compressedOf(dataDir, hash)).catch(() => null)
  const readsIt = chooseEncoding(visit.req.headers['accept-encoding']?.toString()) === 'br'
  if (packed && readsIt && visit.req.headers.range === undefined) {
    const headers = { ...own, ETag: `"${hash}-br"`, 'Content-Encoding': 'br', Vary: 'Accept-Encoding' }
    sendFile(visit, { file: compressedOf(dataDir, hash), size: packed.size, headers })
    return
  }
  const found = await stat(file).catch(() => null)
  if (!found)
    throw new Refusal('not-found', '内容包里没有这一件，可能已经换了新的。', '这台机器会自己重新取一遍清单。')
  sendFile(visit, { file, size: found.size, headers: { ...own, ETag: `"${hash}"` } })
}
