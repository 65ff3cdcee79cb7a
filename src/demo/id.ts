// Ids in the shape of UUIDv7 that come out the same every time.
import type { Random } from '#demo/random.ts'

/** Makes ids for instants (ms since 1970); those of one instant sort in the order in which they were made. */
export type MakeId = (at: number) => string

const hex = (value: number, digits: number) => Math.floor(value).toString(16).padStart(digits, '0')

/** Ids of one stream of chance. */
export function idsFrom(random: Random): MakeId {
  let last = -1
  let count = 0
  return (at) => {
    count = at === last ? count + 1 : 0
    last = at
    const time = hex(at, 12)
    const variant = hex(0x8000 + random() * 0x4000, 4)
    const rest = hex(random() * 2 ** 24, 6) + hex(random() * 2 ** 24, 6)
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(count, 3)}-${variant}-${rest}`
  }
}
