// Sealing to the server: what a kiosk keeps of a person only the server can open. ECDH over P-256 with a key used once,
// HKDF-SHA-256, AES-256-GCM (the scheme of RFC 9180 in base mode, written out). Sealed: key (65 bytes) ‖ iv (12) ‖ text+tag.
import { base64url, fromBase64url, type PublicKey } from '#kiosk/signing.ts'

const curve = { name: 'ECDH', namedCurve: 'P-256' } as const
const [keyBytes, ivBytes] = [65, 12]

/** A new pair to be sealed to; only the server makes one. */
export function makeSealingPair(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(curve, true, ['deriveBits'])
}

/**
 * Seals a text so that only the server can open it, and only beside the id that it was sealed with.
 * @returns base64url.
 */
export async function seal(to: PublicKey, id: string, text: string): Promise<string> {
  const once = await crypto.subtle.generateKey(curve, false, ['deriveBits'])
  const server = await crypto.subtle.importKey('jwk', to, curve, false, [])
  const own = new Uint8Array(await crypto.subtle.exportKey('raw', once.publicKey))
  const iv = crypto.getRandomValues(new Uint8Array(ivBytes))
  const key = await secretOf(once.privateKey, server, own, 'encrypt')
  const how = { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(id) }
  const closed = await crypto.subtle.encrypt(how, key, new TextEncoder().encode(text))
  return base64url(new Uint8Array([...own, ...iv, ...new Uint8Array(closed)]))
}

/** Opens what was sealed beside this id; null if it was changed, belongs to another id or to another server. */
export async function unseal(key: CryptoKey, id: string, sealed: string): Promise<string | null> {
  const bytes = fromBase64url(sealed)
  if (!bytes || bytes.length < keyBytes + ivBytes) return null
  try {
    const own = bytes.slice(0, keyBytes)
    const other = await crypto.subtle.importKey('raw', own, curve, false, [])
    const secret = await secretOf(key, other, own, 'decrypt')
    const iv = bytes.slice(keyBytes, keyBytes + ivBytes)
    const how = { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(id) }
    const opened = await crypto.subtle.decrypt(how, secret, bytes.slice(keyBytes + ivBytes))
    return new TextDecoder().decode(opened)
  } catch {
    return null
  }
}

async function secretOf(
  own: CryptoKey,
  other: CryptoKey,
  salt: Uint8Array<ArrayBuffer>,
  use: 'encrypt' | 'decrypt',
) {
  const bits = await crypto.subtle.deriveBits({ name: 'ECDH', public: other }, own, 256)
  const material = await crypto.subtle.importKey('raw', bits, 'HKDF', false, ['deriveKey'])
  const info = new TextEncoder().encode('lianxue kiosk')
  const how = { name: 'HKDF', hash: 'SHA-256', salt, info }
  return crypto.subtle.deriveKey(how, material, { name: 'AES-GCM', length: 256 }, false, [use])
}
