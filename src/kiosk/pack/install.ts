// The page's side of packs: starts the service worker and asks it for a pack, step by step.
import type { Progress } from '#kiosk/pack/worker/install-pack.ts'
import type { Message, PackState, Replies } from '#kiosk/pack/worker/message.ts'
import type { PublicKey } from '#kiosk/signing.ts'

const program = '/kiosk-worker.js'
const scope = '/kiosk'
/** A pack that ends within so many days is asked for again, though nothing of it has changed. */
const renewDays = 40
/** A step that a stopped worker never answers is asked for again after so long. */
const patience = 600_000

/** What stands in the way of a pack, for a person. */
export const packTroubles: Record<Extract<Progress, { is: 'failed' }>['why'], string> = {
  unreachable: '网络断了，内容包没有取完。网络通了会接着取，已经取到的不用再取。',
  refused: '服务器上的内容包换了新的，会重新取一遍清单。',
  full: '这台机器的存储空间满了，新的内容放不下，先用原来的。请清理浏览器以外的文件，或者换一台空间大些的机器。',
  forged: '收到的内容包不是这个网站签发的，没有采用。请告诉管理员。',
  damaged: '收到的内容有损坏，没有采用，会再取一次。',
}

/** False where the page is not opened by HTTPS (localhost apart), or the browser is too old. */
export const canKeepPacks = (): boolean => 'serviceWorker' in navigator && 'caches' in globalThis

/** Starts the worker, and waits until it answers for this page. */
export async function startPacks(): Promise<void> {
  await navigator.serviceWorker.register(program, { scope })
  await navigator.serviceWorker.ready
  // Otherwise the browser may throw all away when the disk fills.
  await navigator.storage?.persist?.().catch(() => false)
  if (navigator.serviceWorker.controller) return
  await new Promise((resolve) =>
    navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
  )
}

/**
 * Sees to it that a pack is installed and not about to end; returns at once where it is.
 * @param wanted version as the reply to a hello names it, the token of that reply, the server's signing key.
 * @param tell is told how far it is after every step.
 * @returns how it ended: `installed`, or why it failed; the pack before it is then shown as before.
 */
export async function ensurePack(
  { version, token, key }: { version: string; token: string; key: PublicKey },
  tell: (progress: Progress) => void,
): Promise<Exclude<Progress, { is: 'more' }>> {
  const state = await packState()
  if (state?.version === version && state.daysLeft >= renewDays) return { is: 'installed', version }
  for (;;) {
    const progress = await ask('step', { is: 'step', wanted: { version, key }, token })
    tell(progress)
    if (progress.is !== 'more') return progress
  }
}

/** The pack that is shown; null while there is none. */
export const packState = (): Promise<PackState | null> => ask('state', { is: 'state' })

/**
 * Passes on what the last contact said.
 * @param withdrawn ids of documents that are not shown any more.
 * @param at the instant as well as the machine knows (device.ts): its wall clock may be years off.
 */
export const packHeard = (withdrawn: string[], at: string): Promise<null> =>
  ask('heard', { is: 'heard', withdrawn, at })

/** Keeps the voices of told stories, and only those. @returns how many are still missing; null if there is no room. */
export const keepVoices = (addresses: string[], token: string): Promise<number | null> =>
  ask('voices', { is: 'voices', addresses, token })

/** Throws all packs and voices away: the kiosk was revoked. */
export const forgetPacks = (): Promise<null> => ask('forget', { is: 'forget' })

async function ask<Name extends keyof Replies>(
  name: Name,
  message: Message & { is: Name },
): Promise<Replies[Name]> {
  const { active } = await navigator.serviceWorker.ready
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The worker does not answer to ${name}.`)), patience)
    port1.onmessage = ({ data }: MessageEvent<{ value: Replies[Name] } | { trouble: string }>) => {
      clearTimeout(timer)
      port1.close()
      if ('trouble' in data) reject(new Error(data.trouble))
      else resolve(data.value)
    }
    active?.postMessage(message, [port2])
  })
}
