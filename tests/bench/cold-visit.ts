// One visit with an empty cache, on a phone six times slower than this machine and a line of the village: when the
// text can be read, the question answered, the island is alive; and what went over the line.
import type { Browser, CDPSession, Page } from '@playwright/test'

/** kbit/s in each direction, and ms that the browser waits before each reply begins. */
export type Wire = { kilobits: number; latency: number }
/** How many times slower than here the browser thinks. */
export const slowness = 6

/** Nothing more is expected after the line was silent for so long. */
const silence = 1500
const patience = 60_000
/** So long does who knows the answer need; what the page still loads by then must not hold the reply up. */
export const thought = 3000

export const kinds = ['page', 'style', 'script', 'font', 'other'] as const
export type Kind = (typeof kinds)[number]

const kindOf: Record<string, Kind> = { Document: 'page', Stylesheet: 'style', Script: 'script', Font: 'font' }

/** Milliseconds since the address was asked for; a page without a question has only `readable` and `quiet`. */
export type Moments = {
  /** A frame was painted after all of the text was there and styled. */
  readable?: number
  /** A frame was painted after the first question was there to its last button: it can be answered without script. */
  answerable?: number
  /** Astro took `ssr` from the island of that question, to which the reader went as soon as it was there. */
  hydrated?: number
  /** From sending an answer, `thought` after the island was alive, until a reply was shown. */
  replied?: number
  /** The last byte of all but that reply came in. */
  quiet?: number
}

export type Visit = { moments: Moments; sent: Record<Kind, { bytes: number; requests: number }> }

/** Opens an address in a browser that has seen nothing yet. @throws Error if the page does not get there. */
export async function visitCold(browser: Browser, url: string, asks: boolean, wire: Wire): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })
  try {
    const page = await context.newPage()
    await page.addInitScript(watch, thought)
    const session = await context.newCDPSession(page)
    const traffic = await count(session)
    await slowDown(session, wire)
    const reply = await page.goto(url, { waitUntil: 'commit', timeout: patience })
    if (reply?.status() !== 200) throw new Error(`${url} answered ${reply?.status()}.`)
    const moments = await momentsOf(page, asks ? 'replied' : 'readable')
    await untilSilent(traffic)
    return { moments: { ...moments, quiet: traffic.quiet }, sent: traffic.sent }
  } finally {
    await context.close()
  }
}

async function slowDown(session: CDPSession, { kilobits, latency }: Wire): Promise<void> {
  const bytesPerSecond = (kilobits * 1000) / 8
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  })
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowness })
}

type Traffic = { sent: Visit['sent']; open: Set<string>; quiet: number; lastAt: number }

/** Counts what the browser receives, heads included, as it goes over the line. */
async function count(session: CDPSession): Promise<Traffic> {
  const sent = Object.fromEntries(kinds.map((kind) => [kind, { bytes: 0, requests: 0 }])) as Visit['sent']
  const traffic: Traffic = { sent, open: new Set(), quiet: 0, lastAt: performance.now() }
  const kindsById = new Map<string, Kind>()
  const answers = new Set<string>()
  let began = 0
  session.on('Network.requestWillBeSent', ({ requestId, type = 'Other', request, timestamp }) => {
    if (!request.url.startsWith('http')) return
    began ||= timestamp
    if (request.method === 'POST') answers.add(requestId)
    kindsById.set(requestId, kindOf[type] ?? 'other')
    traffic.open.add(requestId)
  })
  const end = (requestId: string, bytes: number, timestamp: number) => {
    const kind = kindsById.get(requestId)
    if (!kind || !traffic.open.delete(requestId)) return
    sent[kind].bytes += bytes
    sent[kind].requests += 1
    if (!answers.has(requestId)) traffic.quiet = (timestamp - began) * 1000
    traffic.lastAt = performance.now()
  }
  session.on('Network.loadingFinished', (one) => end(one.requestId, one.encodedDataLength, one.timestamp))
  session.on('Network.loadingFailed', (one) => end(one.requestId, 0, one.timestamp))
  await session.send('Network.enable')
  return traffic
}

async function momentsOf(page: Page, last: keyof Moments): Promise<Moments> {
  const reached = (moment: keyof Moments) => globalThis.moments[moment] !== undefined
  await page.waitForFunction(reached, last, { timeout: patience, polling: 250 })
  return page.evaluate(() => globalThis.moments)
}

async function untilSilent(traffic: Traffic): Promise<void> {
  while (traffic.open.size > 0 || performance.now() - traffic.lastAt < silence)
    await new Promise((resolve) => setTimeout(resolve, 100))
}

declare global {
  var moments: Moments
}

/** Runs in the page before anything of the page does. */
function watch(thought: number) {
  const moments: Moments = {}
  globalThis.moments = moments
  const expected = new Set<keyof Moments>(['readable', 'answerable'])

  /** No frame is drawn while a stylesheet of the head is missing; after it was drawn comes the next task. */
  const whenPainted = (moment: keyof Moments, then?: () => void) => {
    if (!expected.delete(moment)) return
    requestAnimationFrame(() =>
      setTimeout(() => {
        moments[moment] = performance.now()
        then?.()
      }),
    )
  }

  const look = () => {
    // What comes after the text, on our pages and on those of Starlight.
    if (document.querySelector('footer')) whenPainted('readable')
    const form = document.querySelector<HTMLFormElement>('form.ask')
    if (form?.querySelector('.acts > button')) whenPainted('answerable', () => goTo(form))
  }

  const goTo = (form: HTMLFormElement) => {
    form.scrollIntoView({ block: 'center' })
    const island = form.closest('astro-island')
    if (!island) return
    const alive = new MutationObserver(() => {
      if (island.hasAttribute('ssr')) return
      alive.disconnect()
      moments.hydrated = performance.now()
      setTimeout(() => send(form), thought)
    })
    alive.observe(island, { attributeFilter: ['ssr'] })
  }

  /** An empty answer: it is asked back for, and nothing is recorded. */
  const send = (form: HTMLFormElement) => {
    const sentAt = performance.now()
    new MutationObserver(() => {
      if (form.querySelector('[role=status] *')) moments.replied ??= performance.now() - sentAt
    }).observe(form, { childList: true, subtree: true })
    form.requestSubmit()
  }

  new MutationObserver(look).observe(document, { childList: true, subtree: true })
}
