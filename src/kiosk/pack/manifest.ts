// The list of what a pack holds, signed by the server: a browser shows nothing of a pack that is not in it byte for byte.
import { z } from 'astro/zod'

const hash = z.string().regex(/^[0-9a-f]{64}$/)

export const PackEntry = z.strictObject({
  /** The address under which the page asks for it, e.g. `/kiosk`, `/_astro/x.js`, `/media/<hash>.jpg`, `/kiosk/pack/contents.json`. */
  path: z.string().startsWith('/').max(300),
  /** SHA-256 of its bytes. */
  hash,
  bytes: z.int().nonnegative(),
  type: z.string().max(100),
  /** Content-Security-Policy of a page, which the service worker must send with it. */
  policy: z.string().max(8_000).optional(),
})
export type PackEntry = z.infer<typeof PackEntry>

export const Manifest = z.strictObject({
  /** Hash of all that follows but the dates: the same content has the same version. */
  version: z.string().max(80),
  playlist: z.string().max(60),
  builtAt: z.string(),
  /** From then on nothing of it is shown. */
  expiresAt: z.string(),
  entries: z.array(PackEntry).max(20_000),
  /** Of all entries. */
  bytes: z.int().nonnegative(),
})
export type Manifest = z.infer<typeof Manifest>

/** The manifest as text, and the server's signature of this very text. */
export const SignedManifest = z.strictObject({
  manifest: z.string().max(8_000_000),
  signature: z.string().max(100),
})
export type SignedManifest = z.infer<typeof SignedManifest>

/** Bytes that a pack may have. */
export const mostPackBytes = 60 * 1024 * 1024
