// The program of the screen: its page, and whatever that fetches of the build, what is loaded later included.
import { extname } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { charactersIn, withoutFonts } from '#kiosk/pack/font-slices.ts'
import type { SitePages } from '#kiosk/pack/site-pages.server.ts'
import type { Made } from '#kiosk/pack/made.ts'

export const screenAddress = '/kiosk'
/** The styles of texts, for the page that shows them. */
export const textStyles = '/kiosk/pack/text.css'

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

const ofTheBuild = /(?:\/?_astro\/|["'`(]\.\/)([\w.-]+\.(?:css|js|json|mp3|png|svg|wasm|webp|woff2))/g
const styles = /<link[^>]+rel="stylesheet"[^>]*>/g

const namesIn = (text: string) => [...text.matchAll(ofTheBuild)].map(([, name]) => `/_astro/${name}`)
const stylesIn = (html: string) => [...html.matchAll(styles)].flatMap(([link]) => namesIn(link))

/**
 * The page of the screen with all its files, and the styles of texts as one.
 * @param text the page of any text of the pack.
 * @param written what is written large, and so in a font that comes along.
 * @throws Error where the site has no such page.
 */
export async function programOf(pages: SitePages, text: string, written: string): Promise<Made[]> {
  const screen = await pages.page(screenAddress)
  if (!screen) throw new Error(`The site has no page ${screenAddress}.`)
  const scripts = await filesFrom(pages, ['/favicon.svg', ...namesIn(screen.html)], (path) => !isFont(path))
  const own = stylesIn(screen.html)
  const others = await filesFrom(
    pages,
    stylesIn(text).filter((path) => !own.includes(path)),
    isStyle,
  )
  const sheet = [...others.values()].join('\n')
  // Words of the program itself stand in its scripts, beside a table of characters of all times.
  const words = [...scripts].map(([path, file]) =>
    path.endsWith('.js') ? file.toString().replace(table, '') : '',
  )
  const characters = charactersIn([written, ...words])
  await setImmediate()
  const fonts = [...scripts, [textStyles, Buffer.from(sheet)] as const].flatMap(([path, file]) =>
    isStyle(path) ? namesIn(withoutFonts(file.toString(), characters)).filter(isFont) : [],
  )
  const files = new Map([
    ...scripts,
    ...(await filesFrom(pages, fonts, isFont)),
    [textStyles, Buffer.from(sheet)],
  ])
  return [
    {
      path: screenAddress,
      type: types['.html'] as string,
      body: Buffer.from(screen.html),
      policy: screen.policy,
    },
    ...[...files]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, body]) => ({ path, type: types[extname(path)] ?? 'application/octet-stream', body })),
  ]
}

const table = /(?:\S \S\|){20,}/gu

const isFont = (path: string) => path.endsWith('.woff2')
const isStyle = (path: string) => path.endsWith('.css')

/** These files of the build, and what they name in turn. */
async function filesFrom(
  pages: SitePages,
  first: readonly string[],
  isWanted: (path: string) => boolean,
): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>()
  const named = new Set(first)
  for (const path of named) {
    const file = isWanted(path) ? await pages.file(path) : null
    if (!file) continue
    files.set(path, file)
    if (/\.(?:js|css)$/.test(path)) for (const more of namesIn(file.toString())) named.add(more)
  }
  return files
}
