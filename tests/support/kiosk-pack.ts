// A hall whose screen was let in already, for what is about packs alone: its data, and the page's own modules in a browser.
import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { closeDatabase, openDatabase, write } from '#db/database.server.ts'
import { kiosk } from '#db/schema/kiosk.ts'
import { unit } from '#db/schema/people.ts'
import { settings, useSettings } from '#env.ts'
import { publicKeys } from '#kiosk/fleet/keys.server.ts'
import { tokenFor } from '#kiosk/fleet/token.server.ts'
import type * as Install from '#kiosk/pack/install.ts'
import type { Manifest, SignedManifest } from '#kiosk/pack/manifest.ts'
import type * as Search from '#kiosk/pack/search.ts'
import type { PublicKey } from '#kiosk/signing.ts'
import { bundleScripts } from '#process/bundle.server.ts'

/** What `bringModules` puts into a page. */
export type KioskPack = typeof Install & typeof Search
declare const kioskPack: KioskPack

/** A screen: how it asks for packs, and the key by which it knows them. */
export type LetIn = { token: string; key: PublicKey }

/** Lets a screen in, in data that no process uses yet. @param secret of the process that will. */
export async function letScreenIn(dataDir: string, secret: string): Promise<LetIn> {
  useSettings({ ...settings, secret })
  await openDatabase(dataDir)
  const own = {
    id: 'village',
    path: '/village/',
    name: '青溪村',
    kind: 'village',
    createdAt: '2026',
  } as const
  const publicKey = { kty: 'EC', crv: 'P-256', x: '', y: '' } as const
  const screen = { id: 'screen', unitId: own.id, name: '村部', publicKey, playlist: 'county' }
  await write(async (tx) => {
    await tx.insert(unit).values(own)
    await tx.insert(kiosk).values({ ...screen, enrolledAt: '2026', enrolledBy: 'x' })
  })
  const { signing: key } = await publicKeys()
  await closeDatabase()
  return { token: tokenFor(screen.id), key }
}

/** The manifest of the pack that a server has, once it has another than `before`. */
export async function packBeside(
  origin: string,
  token: string,
  before: string | null = null,
): Promise<Manifest> {
  for (;;) {
    const reply = await fetch(`${origin}/kiosk/pack/county/manifest`, { headers: { 'x-kiosk': token } })
    if (reply.ok) {
      const manifest = JSON.parse(((await reply.json()) as SignedManifest).manifest) as Manifest
      if (manifest.version !== before) return manifest
    }
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

/** Brings the page's own modules into the page as `kioskPack`, by a way that its policy leaves to tests. */
export async function bringModules(page: Page): Promise<void> {
  const source = join(tmpdir(), `lianxue-kiosk-pack-${process.pid}.ts`)
  const from = (name: string) => JSON.stringify(join(import.meta.dirname, '../../src/kiosk/pack', name))
  writeFileSync(source, `export * from ${from('install.ts')}\nexport * from ${from('search.ts')}\n`)
  const [script = ''] = await bundleScripts([source])
  rmSync(source)
  await page.evaluate(script.replace(/^var script\s*=/, 'globalThis.kioskPack ='))
  await page.evaluate(() => kioskPack.startPacks())
}

/** How an installation ended, and what it told on the way. */
export type Installed = { end: string; progress: { done: number; of: number }[] }

/** Installs a pack; breaks off after so many steps. */
export const installPack = (
  page: Page,
  version: string,
  { token, key }: LetIn,
  steps = Infinity,
): Promise<Installed> =>
  page.evaluate(
    async ({ wanted, most }) => {
      const progress: { done: number; of: number }[] = []
      const end = await kioskPack
        .ensurePack(wanted, (one) => {
          if (one.is === 'more') progress.push({ done: one.done, of: one.of })
          if (progress.length >= most) throw new Error('enough')
        })
        .catch((error: unknown) => ({ is: String(error) }))
      return { end: end.is, progress }
    },
    { wanted: { version, token, key }, most: steps },
  )
