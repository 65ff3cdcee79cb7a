// Tells the browser in the head of a page which scripts its islands will import. Astro does not, so they would be
// found one round trip after another; on a village line that is 5 seconds instead of 9 (README, Decisions).
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const namedByIslands = /\s(?:component-url|renderer-url|before-hydration-url)="(\/_astro\/[\w.-]+\.js)"/g
const namedByScripts = /<script type="module" src="(\/_astro\/[\w.-]+\.js)"/g
/** Static imports only: `import("./x.js")` is fetched when it is wanted. */
const staticImport = /\b(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '')

type Script = { kilobytes: number; imports: string[] }

/** Adds the links to a page; `clientDir` is where the build put what browsers fetch. */
export function preloader(clientDir: string): (html: string) => Promise<string> {
  const scripts = new Map<string, Promise<Script>>()

  const read = (address: string): Promise<Script> => {
    const known = scripts.get(address)
    if (known) return known
    const source = readFile(join(clientDir, address), 'utf8').catch(() => '')
    const script = source.then((text) => ({
      kilobytes: Math.round(text.length / 1024),
      imports: all(text, staticImport).map((name) => `/_astro/${name}`),
    }))
    scripts.set(address, script)
    return script
  }

  /** The scripts and, all the way down, what they import. */
  const closure = async (addresses: string[], seen: Map<string, Script>): Promise<Map<string, Script>> => {
    for (const address of addresses) {
      if (seen.has(address)) continue
      const script = await read(address)
      seen.set(address, script)
      await closure(script.imports, seen)
    }
    return seen
  }

  return async (html) => {
    const started = all(html, namedByScripts)
    const wanted = await closure([...all(html, namedByIslands), ...started], new Map())
    // Over HTTP/1.1 a browser fetches six files at a time: the largest must not wait for their turn.
    const links = [...wanted]
      .filter(([address]) => !started.includes(address))
      .toSorted(([, one], [, other]) => other.kilobytes - one.kilobytes)
      .map(([address]) => `<link rel="modulepreload" href="${address}">`)
    return links.length > 0 ? html.replace('</head>', `${links.join('')}</head>`) : html
  }
}
