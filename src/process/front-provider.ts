// Astro's side of the front cache: pages say with Astro.cache.set() that they are the same for everybody, and this
// writes it into headers, which front-cache.server.ts (or an outer cache of another make) honours.
import type { CacheOptions, CacheProvider } from 'astro'
import { invalidatePath, invalidateTags } from '#process/front-cache.server.ts'

/** Seconds for a page that names tags but no age: until one of its tags is invalidated. */
const untilInvalidated = 31_536_000

function setHeaders({ maxAge = untilInvalidated, swr, tags = [] }: CacheOptions): Headers {
  const age = [`max-age=${maxAge}`, ...(swr === undefined ? [] : [`stale-while-revalidate=${swr}`])]
  const headers = new Headers({ 'CDN-Cache-Control': age.join(', ') })
  if (tags.length > 0) headers.set('Cache-Tag', tags.join(','))
  return headers
}

/** Made by Astro once, from `cache.provider` in astro.config.mjs. */
export default function frontProvider(): CacheProvider {
  return {
    name: 'front',
    setHeaders,
    invalidate: async ({ tags = [], path }) => {
      invalidateTags([tags].flat())
      if (path !== undefined) invalidatePath(path)
    },
  }
}
