// How the pages are built. Only what is seen is bundled: every `#….ts` import stays as it is on the server
// side and runs as written, so the process, its commands and the pages share one copy of each rule and door.
import { defineConfig } from 'astro/config'
import node from '@astrojs/node'
import svelte from '@astrojs/svelte'
import mdx from '@astrojs/mdx'
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
}

export default defineConfig({
  output: 'server',
  adapter: node({ mode: 'middleware' }),
  integrations: [svelte(), mdx()],
  devToolbar: { enabled: false },
  security: {
    // Origin and Host are checked for every request before Astro sees it (src/server.ts).
    checkOrigin: false,
    csp: true,
  },
  cache: { provider: { name: 'front', entrypoint: path.join(source, 'process/front-provider.ts') } },
  vite: { plugins: [rulesRunAsWritten] },
})
