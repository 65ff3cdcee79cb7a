// The keys of the server: kiosks verify packs with one and seal entries to the other. Made once, by whoever first asks,
// and kept in the database: what waits on a screen for thirty days must open after any restart.
import { read, write } from '#db/database.server.ts'
import { kioskKey } from '#db/schema/kiosk.ts'
import { makeSealingPair } from '#kiosk/sealing.ts'
import { makeSigningPair, sign, type PublicKey } from '#kiosk/signing.ts'

type Keys = { signing: CryptoKey; sealing: CryptoKey; public: { signing: PublicKey; sealing: PublicKey } }

let kept: Promise<Keys> | undefined

/** The signature of the server under a text, base64url. */
export async function signText(text: string): Promise<string> {
  return sign((await keys()).signing, text)
}

/** What a screen is given when it is let in. */
export const publicKeys = async (): Promise<Keys['public']> => (await keys()).public

/** Opens what was sealed to the server. */
export const unsealingKey = async (): Promise<CryptoKey> => (await keys()).sealing

function keys(): Promise<Keys> {
  kept ??= load().catch((error: unknown) => {
    kept = undefined
    throw error
  })
  return kept
}

async function load(): Promise<Keys> {
  const found = await read.select().from(kioskKey)
  const rows = found.length === 2 ? found : await make()
  const jwkOf = (name: 'signing' | 'sealing') => {
    const row = rows.find((one) => one.name === name)
    if (!row) throw new Error(`The key for ${name} is missing in kiosk_key.`)
    return row.key
  }
  const [signing, sealing] = [jwkOf('signing'), jwkOf('sealing')]
  const ec = { namedCurve: 'P-256' } as const
  return {
    signing: await crypto.subtle.importKey('jwk', signing, { name: 'ECDSA', ...ec }, false, ['sign']),
    sealing: await crypto.subtle.importKey('jwk', sealing, { name: 'ECDH', ...ec }, false, ['deriveBits']),
    public: { signing: publicHalf(signing), sealing: publicHalf(sealing) },
  }
}

async function make() {
  const pairs = [
    { name: 'signing', pair: await makeSigningPair(true) },
    { name: 'sealing', pair: await makeSealingPair() },
  ] as const
  const rows = await Promise.all(
    pairs.map(async ({ name, pair }) => ({
      name,
      key: await crypto.subtle.exportKey('jwk', pair.privateKey),
    })),
  )
  return write(async (tx) => {
    await tx.insert(kioskKey).values(rows).onConflictDoNothing()
    return tx.select().from(kioskKey)
  })
}

const publicHalf = ({ x = '', y = '' }: JsonWebKey): PublicKey => ({ kty: 'EC', crv: 'P-256', x, y })
