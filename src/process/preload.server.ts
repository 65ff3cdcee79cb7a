// Tells the browser in the head of a page which scripts its islands will import. Astro does not, so they would be
// found one round trip after another; on a village line that is 5 seconds instead of 9 (README, Decisions).
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const namedByIslands = /\s(?:component-url|renderer-url|before-hydration-url)="(\/_astro\/[\w.-]+\.js)"/g
const namedByScripts = /<script type="module" src="(\/_astro\/[\w.-]+\.js)"/g
/** Static imports only: `import("./x.js")` is fetched when it is wanted. */
const staticImport = /\b(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '')

/** Adds the links to a page; `clientDir` is where the build put what browsers fetch. */
export function preloader(clientDir: string): (html: string) => Promise<string> {
  const imports = new Map<string, Promise<string[]>>()

  const importsOf = (script: string): Promise<string[]> => {
    const known = imports.get(script)
    if (known) return known
    const source = readFile(join(clientDir, script), 'utf8').catch(() => '')
    const found = source.then((text) => all(text, staticImport).map((name) => `/_astro/${name}`))
    imports.set(script, found)
    return found
  }

  /** The scripts and, all the way down, what they import. */
  const closure = async (scripts: string[], seen: Set<string>): Promise<Set<string>> => {
    for (const script of scripts) {
      if (seen.has(script)) continue
      seen.add(script)
      await closure(await importsOf(script), seen)
    }
    return seen
  }

  return async (html) => {
    const started = all(html, namedByScripts)
    const wanted = await closure([...all(html, namedByIslands), ...started], new Set())
    const links = [...wanted]
      .filter((script) => !started.includes(script))
      .map((script) => `<link rel="modulepreload" href="${script}">`)
    return links.length > 0 ? html.replace('</head>', `${links.join('')}</head>`) : html
  }
}
