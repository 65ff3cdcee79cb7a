// Who a request says it is for and where it says it comes from. Astro would repeat a forged Host in its addresses
// and let JSON with a foreign Origin pass, so both are decided here, for every request.
import { TurnAway } from '#process/turn-away.ts'

/** Methods that any page may be asked with; all others change something. */
const harmless = new Set(['GET', 'HEAD'])
const methods = new Set([...harmless, 'POST'])

/** @throws TurnAway 405 unless the method is one that some address of ours takes. */
export function requireMethod(method: string): void {
  if (!methods.has(method))
    throw new TurnAway(405, '不支持这种请求方法。', '只接受 GET、HEAD 和 POST。', true)
}

/**
 * @param hosts every Host header of the request, of which there may be only one.
 * @param origin the configured origin.
 * @throws TurnAway 400 unless the request is for the configured origin.
 */
export function requireHost(hosts: string[], origin: string): void {
  if (hosts.length === 1 && hosts[0]?.toLowerCase() === hostOf(origin)) return
  throw new TurnAway(400, '这个网址不是本站的地址。', `请从 ${origin} 进入。`)
}

/**
 * A request without an Origin is not ours: every browser sends it with what is not GET or HEAD. JSON is no exception.
 * @throws TurnAway 403 unless the request only looks, or comes from a page of our own.
 */
export function requireOrigin(method: string, from: string | undefined, origin: string): void {
  if (harmless.has(method) || from === origin) return
  throw new TurnAway(403, '这个请求不是从本站的页面发出的，没有受理。', `请打开 ${origin} 再试一次。`, true)
}

const hostOf = (origin: string) => origin.slice(origin.indexOf('//') + 2)
