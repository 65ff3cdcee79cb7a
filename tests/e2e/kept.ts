// Everything that a browser keeps of a page, as text, and the spellings in which a word could hide in it.
import type { Page } from '@playwright/test'

/** By place: the page as it stands, where it is, what scripts can read of cookies and storages, caches, databases. */
export async function everythingKept(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const kept: Record<string, string> = {
      page: document.documentElement.outerHTML,
      fields: [...document.querySelectorAll('input')].map(({ value }) => value).join('\n'),
      address: `${location.href} ${document.title} ${JSON.stringify(history.state)} ${document.referrer} ${name}`,
      cookie: document.cookie,
      local: JSON.stringify({ ...localStorage }),
      session: JSON.stringify({ ...sessionStorage }),
    }
    for (const cache of await caches.keys()) {
      const opened = await caches.open(cache)
      for (const request of await opened.keys()) {
        const reply = await opened.match(request)
        const bytes = new Uint8Array((await reply?.arrayBuffer()) ?? new ArrayBuffer(0))
        kept[`cache ${cache} ${request.url}`] = `${request.url}\n${new TextDecoder().decode(bytes)}`
      }
    }
    for (const { name = '', version } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name, version))
      for (const store of database.objectStoreNames) {
        const of = database.transaction(store).objectStore(store)
        const [keys, values] = await Promise.all([done(of.getAllKeys()), done(of.getAll())])
        kept[`database ${name} ${store}`] = JSON.stringify([keys, values])
      }
      database.close()
    }
    return kept

    function done<Result>(request: IDBRequest<Result>): Promise<Result> {
      return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error as Error)
      })
    }
  })
}

/** True if a text holds a word, as it is or in any of its other spellings. */
export const isSpelledIn = (text: string, word: string) => spellingsOf(word).some((one) => text.includes(one))

/** A word as it is, escaped, in an address, and inside base64 wherever it begins in it. */
function spellingsOf(word: string): string[] {
  const bytes = Buffer.from(word)
  const inside = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    // Letters at both ends belong to neighbours, too.
    return text.slice(Math.ceil((before * 4) / 3), Math.floor(((before + bytes.length) * 8) / 6))
  })
  const sealed = inside.flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')])
  return [word, JSON.stringify(word).slice(1, -1), encodeURIComponent(word), ...sealed].filter(
    (one) => one.length > 2,
  )
}
