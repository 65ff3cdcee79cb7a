// The corpus of attacks and of honest people, played over HTTP against the built server: what stands in the record is
// what a witness in the room granted. `npm run bench:hours` prints the same as a table with its two numbers.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildIfNeeded } from '#process/build.server.ts'
import { playAll, traces, type Played } from './traces/play.ts'
import { compare } from './traces/trace.ts'

const all = await traces()
const played = new Map<string, Played>()
let sum = { forged: -1, refused: -1 }

beforeAll(async () => {
  await buildIfNeeded(() => undefined)
  sum = await playAll((one) => void played.set(one.file, one))
}, 300_000)
afterAll(() =>
  console.log(
    `forged minutes credited ${sum.forged.toFixed(1)}, honest minutes refused ${sum.refused.toFixed(1)}`,
  ),
)

describe.each(all)('$file: $trace.title', ({ file, trace }) => {
  test.each(Object.entries(trace.witness))('%s gets what the witness granted', (name, granted) => {
    const { found } = played.get(file) as Played
    const got = found[name]
    if (!got) throw new Error(`${name} is not in the record.`)
    expect(compare(granted, got)).toEqual(
      trace.kind === 'honest' ? { forged: 0, refused: 0 } : expect.objectContaining({ forged: 0 }),
    )
  })
})

test('the corpus has its attacks and its honest people, and over all of them nothing is forged and nothing refused', () => {
  const kinds = Map.groupBy(all, ({ trace }) => trace.kind)
  expect(kinds.get('attack')?.length).toBeGreaterThanOrEqual(14)
  expect(kinds.get('honest')?.length).toBeGreaterThanOrEqual(10)
  expect(sum).toEqual({ forged: 0, refused: 0 })
})

test('a minute too much is forged, a minute too little is refused, a tenth is the width of the pointer', () => {
  const granted = { credited: 11, counted: 12 }
  expect(compare(granted, { credited: 11, counted: 12.05 })).toEqual({ forged: 0, refused: 0 })
  expect(compare(granted, { credited: 22, counted: 13 })).toEqual({ forged: 12, refused: 0 })
  expect(compare(granted, { credited: 0, counted: 11 })).toEqual({ forged: 0, refused: 12 })
})
