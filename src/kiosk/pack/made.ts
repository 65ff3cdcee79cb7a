// One thing that a pack holds, before it is stored under its hash.

/** With its bytes; without them it is a file of the library, `/media/<hash>.<extension>`, that stays where it is. */
export type Made = { path: string; type: string; policy?: string } & ({ body: Buffer } | { bytes: number })

/** Bytes of all of them. */
export const sizeOf = (made: readonly Made[]): number =>
  made.reduce((sum, one) => sum + ('body' in one ? one.body.length : one.bytes), 0)

export const jsonType = 'application/json; charset=utf-8'

/** A value as JSON. */
export const asJson = (path: string, value: unknown): Made => ({
  ...{ path, type: jsonType },
  body: Buffer.from(JSON.stringify(value)),
})
