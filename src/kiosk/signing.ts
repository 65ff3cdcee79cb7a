// Signatures of kiosks and of the server: ECDSA over P-256, the same code in a browser and in the process.
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const
const how = { name: 'ECDSA', hash: 'SHA-256' } as const
const bytesOf = (text: string) => new TextEncoder().encode(text)

/** A public key as it is stored and sent. */
export type PublicKey = { kty: 'EC'; crv: 'P-256'; x: string; y: string }

/** A new pair; the private half of a kiosk cannot be taken out of its browser. */
export function makeSigningPair(extractable: boolean): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(algorithm, extractable, ['sign', 'verify'])
}

/** The public half of a pair, as it is sent. */
export async function publicOf(pair: CryptoKeyPair): Promise<PublicKey> {
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  return { kty: 'EC', crv: 'P-256', x, y }
}

/** A public key ready to verify with. @throws if it is none. */
export function importPublic(key: PublicKey): Promise<CryptoKey> {
  return crypto.subtle.importKey('jwk', key, algorithm, false, ['verify'])
}

/** The signature of a text, base64url. */
export async function sign(key: CryptoKey, text: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.sign(how, key, bytesOf(text))))
}

/** True if the text was signed by the other half of this key. */
export async function verify(key: CryptoKey, signature: string, text: string): Promise<boolean> {
  const bytes = fromBase64url(signature)
  return bytes !== null && crypto.subtle.verify(how, key, bytes, bytesOf(text))
}

/** Bytes as text that may stand in addresses. */
export function base64url(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** The bytes behind such a text; null if it is none. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return null
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0))
}
