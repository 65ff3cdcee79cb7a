// How the pages are built. Only what is seen is bundled: every `#….ts` import stays as it is on the server
// side and runs as written, so the process, its commands and the pages share one copy of each rule and door.
import { defineConfig } from 'astro/config'
import node from '@astrojs/node'
import svelte from '@astrojs/svelte'
import mdx from '@astrojs/mdx'
import { builtinModules } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const source = path.resolve(import.meta.dirname, 'src')

/** Leaves `#….ts` imports of server code outside the bundle. */
const rulesRunAsWritten = {
  name: 'rules-run-as-written',
  enforce: 'pre',
  resolveId(id) {
    if (this.environment?.config?.consumer !== 'server' || !/^#.+\.ts$/.test(id)) return
    const file = path.join(source, id.slice(1))
    return { id: this.environment.mode === 'dev' ? pathToFileURL(file).href : id, external: true }
  },
  /** In development Vite would load files by itself, as second copies; what it takes for built in, it leaves to Node. */
  configEnvironment(name, _options, { command }) {
    if (command !== 'serve' || name === 'client') return
    return {
      resolve: {
        builtins: [...builtinModules, /^node:/, new RegExp(`^${pathToFileURL(source).href}/.*\\.ts$`)],
      },
    }
  },
}

/** Every browser that reads the rest of a page reads woff2; the second copy of each font would double dist/. */
const woff2Only = {
  name: 'woff2-only',
  enforce: 'pre',
  transform(code, id) {
    if (!/@fontsource\/.+\.css/.test(id)) return
    return code.replace(/, url\([^)]*\.woff\) format\('woff'\)/g, '')
  },
}

/** zod tries whether it may make functions of text; the policy forbids it, and every try would be reported. */
const zodAsWritten = {
  name: 'zod-as-written',
  transform(code, id) {
    if (this.environment?.name !== 'client' || !/\/zod\/v4\/core\/core\.js/.test(id)) return
    return code.replace('__zod_globalConfig = {}', '__zod_globalConfig = { jitless: true }')
  },
}

/**
 * What a lesson fetches, in few files: each is compressed by itself, and asks for a turn of its own. Questions are one
 * file for lessons and tests alike, and what they are made of is not in it, since other pages need that too.
 */
const fewFiles = {
  groups: [
    // What the studio alone asks of Svelte is fetched with the studio.
    { name: 'svelte', test: /node_modules\/(svelte|@astrojs\/svelte)\//, priority: 3, minShareCount: 3 },
    {
      name: 'sending',
      test: /\/src\/(quiz\/(answer-events|post|trouble)|course\/(in-view|waiting|shelves|hand-in))\.ts$|node_modules\/uuid\//,
      priority: 2,
    },
    { name: 'quiz', test: /\/src\/quiz\/.*\.svelte/, priority: 1 },
  ],
}

export default defineConfig({
  output: 'server',
  // An address has one spelling (src/process/canonical-path.ts); without this, actions would be sent to another.
  trailingSlash: 'never',
  adapter: node({ mode: 'middleware' }),
  integrations: [svelte(), mdx()],
  devToolbar: { enabled: false },
  security: {
    // Origin and Host are checked for every request before Astro sees it (src/server.ts).
    checkOrigin: false,
    csp: true,
    // Caps by address are the process's (src/process/body.server.ts); this one must not be below the largest.
    actionBodySizeLimit: 20.25 * 1024 * 1024,
  },
  cache: { provider: { name: 'front', entrypoint: path.join(source, 'process/front-provider.ts') } },
  // Nothing is inlined: the policy lets fonts and pictures come from files of ours only. Village desktops are old.
  vite: {
    plugins: [rulesRunAsWritten, woff2Only, zodAsWritten],
    build: { assetsInlineLimit: 0, target: 'chrome99', cssTarget: 'chrome99' },
    environments: { client: { build: { rolldownOptions: { output: { codeSplitting: fewFiles } } } } },
  },
})
