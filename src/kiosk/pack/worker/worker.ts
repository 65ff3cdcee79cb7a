// The service worker of the screens in village halls: answers from the pack, and installs packs when the page asks. It
// remembers nothing that is not on the shelf, because a browser may stop it at any moment.
import { cacheShelf, emptyShelf } from '#kiosk/pack/worker/cache-shelf.ts'
import { fetchLine } from '#kiosk/pack/worker/fetch-line.ts'
import { installStep } from '#kiosk/pack/worker/install-pack.ts'
import type { Message, PackState } from '#kiosk/pack/worker/message.ts'
import {
  contentsAddress,
  contentsOf,
  findIn,
  millisecondsLeft,
  packOf,
  partOf,
  replyWith,
  type Pack,
} from '#kiosk/pack/worker/serve-pack.ts'
import { StorageFull } from '#kiosk/pack/worker/shelf.ts'
import { forgetVoices, keepVoices, voiceAt } from '#kiosk/pack/worker/voices.ts'

/** As much of the scope of a service worker as is used here. */
type Lasting = Event & { waitUntil: (work: Promise<unknown>) => void }
type Fetching = Lasting & { request: Request; respondWith: (reply: Promise<Response>) => void }
type Told = Lasting & { data: Message; ports: readonly MessagePort[] }
type Scope = {
  addEventListener(name: 'install' | 'activate', hear: (event: Lasting) => void): void
  addEventListener(name: 'fetch', hear: (event: Fetching) => void): void
  addEventListener(name: 'message', hear: (event: Told) => void): void
  skipWaiting: () => Promise<void>
  clients: { claim: () => Promise<void> }
}
const scope = self as unknown as Scope

/** The wall clock of the machine: it may be years off, and the last contact says by how much. */
const wall: () => number = Date.now

scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()))
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()))
scope.addEventListener('fetch', (event) => {
  const { method, url } = event.request
  const { origin, pathname } = new URL(url)
  if (method === 'GET' && origin === location.origin) event.respondWith(answer(event.request, pathname))
})
scope.addEventListener('message', (event) => {
  const work = inTurn(() => obey(event.data)).then(
    (value) => event.ports[0]?.postMessage({ value }),
    (error: unknown) => event.ports[0]?.postMessage({ trouble: String(error) }),
  )
  event.waitUntil(work)
})

/** Read from the shelf when it is first needed, and again after every message that may have changed it. */
let known: Promise<Pack> | undefined
const pack = () => (known ??= cacheShelf.recall().then(packOf))

async function answer(request: Request, path: string): Promise<Response> {
  const range = request.headers.get('range')
  const now = await pack()
  const found = findIn(now, path, wall())
  if (found.is === 'gone') return new Response(null, { status: 410 })
  if (found.is === 'entry' && path === contentsAddress) return contentsOf(now, bytesAt)
  const bytes = found.is === 'entry' ? await cacheShelf.get(found.entry.hash) : null
  if (found.is === 'entry' && bytes) return replyWith(found.entry, bytes, range)
  const voice = await voiceAt(path)
  return voice ? partOf(voice.bytes, { 'Content-Type': voice.type }, range) : fetch(request)
}

async function bytesAt(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const entry = (await pack()).byPath.get(path)
  const bytes = entry && (await cacheShelf.get(entry.hash))
  if (!bytes) throw new Error(`The pack has lost ${path}.`)
  return bytes
}

let last: Promise<unknown> = Promise.resolve()

/** One after another: what is remembered is read, changed and written. */
function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const done = last.then(work)
  last = done.catch(() => undefined).then(() => (known = undefined))
  return done
}

async function obey(message: Message): Promise<unknown> {
  if (message.is === 'step') return installStep(message.wanted, cacheShelf, fetchLine(message.token))
  if (message.is === 'state') return stateOf(packOf(await cacheShelf.recall()))
  if (message.is === 'voices') return voices(message.addresses, message.token)
  if (message.is === 'heard') {
    const { withdrawn, at } = message
    await cacheShelf.remember({ ...(await cacheShelf.recall()), withdrawn, ahead: wall() - Date.parse(at) })
  } else await Promise.all([emptyShelf(), forgetVoices()])
  return null
}

async function voices(addresses: string[], token: string): Promise<number | null> {
  return keepVoices(addresses, token).catch((error: unknown) => {
    if (error instanceof StorageFull) return null
    throw error
  })
}

function stateOf(shown: Pack): PackState | null {
  if (!shown.manifest) return null
  const { version, expiresAt, bytes, entries } = shown.manifest
  const left = millisecondsLeft(shown, wall())
  const days = { daysLeft: Math.floor(left / 86_400_000), ended: left <= 0 }
  return { version, expiresAt, bytes, entries: entries.length, ...days }
}
