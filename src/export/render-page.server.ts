// Lets the built site write a public page into memory, as for a stranger.
import { looks, type Look } from '#export/address.ts'
import { builtHandler } from '#process/build.server.ts'
import { render, requestFor } from '#process/render.server.ts'

/** Renders an address in a look; null for what was withdrawn meanwhile. */
export type RenderPage = (address: string, look: Look) => Promise<string | null>

/** Loads what `npm run build` made. @param origin names the host that pages are asked from. */
export async function pageRenderer(origin: string): Promise<RenderPage> {
  const handler = await builtHandler()
  const { host } = new URL(origin)
  return async (address, look) => {
    const req = requestFor(address, { host, accept: 'text/html', cookie: `looks=${looks[look].cookie}` })
    const page = await render(handler, req, { address: '' })
    if (page === null || page === 'sent') throw new Error(`There is no page at ${address}.`)
    if (page.status === 404 || page.status === 410) return null
    if (page.status !== 200) throw new Error(`${address} was answered with ${page.status}.`)
    return page.body.toString()
  }
}
