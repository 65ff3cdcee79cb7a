// Where packs get pages and files from: the built site writes them into memory, as for a stranger.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { settings } from '#env.ts'
import { built, builtHandler } from '#process/build.server.ts'
import { policyOfPage } from '#process/headers.ts'
import { ownTurn } from '#process/own-turn.server.ts'
import { render, requestFor } from '#process/render.server.ts'

/** A page, and the policy that its reply has. */
export type SitePage = { html: string; policy: string }

export type SitePages = {
  /** Null for what is not there, or was withdrawn meanwhile. */
  page: (address: string) => Promise<SitePage | null>
  /** A file that browsers fetch of the build; null where there is none. */
  file: (address: string) => Promise<Buffer | null>
}

/** The pages of what `npm run build` made. */
export const builtPages: SitePages = {
  page: async (address) => {
    const handler = await builtHandler()
    const { host } = new URL(settings.origin)
    const req = requestFor(address, { host, accept: 'text/html', cookie: 'looks=standard.normal.light' })
    await ownTurn()
    const page = await render(handler, req, { address: '' })
    if (page === null || page === 'sent' || page.status === 404 || page.status === 410) return null
    if (page.status !== 200) throw new Error(`${address} was answered with ${page.status}.`)
    return { html: page.body.toString(), policy: policyOfPage(page.headers) }
  },
  file: (address) => readFile(join(built.client, address)).catch(() => null),
}
