import fc from 'fast-check'
import { encode } from 'uqr'
import { describe, expect, test } from 'vitest'
import { gather, join, missingOf, readFrame, split, type Frame, type Gathered } from '#kiosk/carry/frames.ts'
import { codeIn } from '#kiosk/carry/read-code.ts'

const origin = 'https://lianxue.qingxi.example.gov.cn'
const someBytes = fc.uint8Array({ maxLength: 6_000 })

const read = (text: string): Frame => {
  const frame = readFrame(text)
  if (!frame) throw new Error(`This is no frame: ${text}`)
  return frame
}
const gathered = (frames: Frame[]) =>
  frames.reduce((sets, frame) => gather(sets, frame), {} as Record<string, Gathered>)

describe('frames', () => {
  test('in any order, and as often as one likes, give the bytes back', () => {
    const inDisorder = someBytes.chain((bytes) => {
      const frames = split(bytes)
      const more = fc.array(fc.constantFrom(...frames), { maxLength: 20 })
      return fc.tuple(fc.constant(bytes), fc.shuffledSubarray(frames, { minLength: frames.length }), more)
    })
    fc.assert(
      fc.property(inDisorder, ([bytes, frames, again]) => {
        const sets = gathered([...again, ...frames, ...again].map(read))
        const [[set, all] = ['', { of: 0, payloads: {} }], ...others] = Object.entries(sets)
        expect(others).toEqual([])
        expect(missingOf(all)).toEqual([])
        expect(join(set, all)).toEqual(bytes)
      }),
    )
  })

  test('some of them say exactly which are missing, and give nothing', () => {
    const some = fc.uint8Array({ minLength: 2_000, maxLength: 6_000 }).chain((bytes) => {
      const frames = split(bytes)
      return fc.tuple(
        fc.constant(frames),
        fc.subarray(frames, { maxLength: frames.length - 1, minLength: 1 }),
      )
    })
    fc.assert(
      fc.property(some, ([frames, had]) => {
        const [[set, part] = ['', { of: 0, payloads: {} }]] = Object.entries(gathered(had.map(read)))
        const numbers = frames.flatMap((frame, i) => (had.includes(frame) ? [] : [i + 1]))
        expect(missingOf(part)).toEqual(numbers)
        expect(join(set, part)).toBeNull()
      }),
    )
  })

  test('of two sets are kept apart', () => {
    fc.assert(
      fc.property(someBytes, someBytes, (one, other) => {
        fc.pre(split(one)[0] !== split(other)[0])
        const sets = gathered([...split(one), ...split(other)].map(read))
        const back = Object.entries(sets).map(([set, all]) => join(set, all))
        expect(back).toHaveLength(2)
        expect(back).toEqual(expect.arrayContaining([one, other]))
      }),
    )
  })

  test('of which one letter was misread are not taken', () => {
    const misread = fc
      .tuple(someBytes, fc.nat(), fc.constantFrom(...'0a_Z.-'))
      .map(([bytes, place, letter]) => {
        const [frame = ''] = split(bytes)
        const at = place % frame.length
        return [frame, frame.slice(0, at) + letter + frame.slice(at + 1)] as const
      })
    fc.assert(
      fc.property(misread, ([right, wrong]) => {
        fc.pre(right !== wrong)
        expect(readFrame(wrong)).toBeNull()
      }),
    )
  })

  test.each(['', '#', 'https://example.com/', '1.2.3', 'deadbeef.0.1.deadbeef.AA', `${'a'.repeat(5_000)}`])(
    'what is no frame is none: %s',
    (text) => expect(readFrame(text)).toBeNull(),
  )
})

/** A picture of a code as a camera might take it, so many pixels to a module, on a larger grey ground. */
function pictureOf(text: string, pixels: number) {
  const { data, size } = encode(text, { ecc: 'M', border: 2 })
  const width = (size + 20) * pixels
  const rgba = new Uint8ClampedArray(width * width * 4).fill(255)
  for (let y = 0; y < width; y++)
    for (let x = 0; x < width; x++) {
      const [row, column] = [Math.floor(y / pixels) - 10, Math.floor(x / pixels) - 10]
      const inside = row >= 0 && row < size && column >= 0 && column < size
      rgba.fill(inside ? (data[row]?.[column] ? 20 : 240) : 150, (y * width + x) * 4, (y * width + x) * 4 + 3)
    }
  return { data: rgba, width, height: width }
}

test('each code fits with its address and is read back from a picture by the decoder of the page', () => {
  const bytes = Uint8Array.from({ length: 3_000 }, (_, i) => (i * 7919) % 251)
  for (const frame of split(bytes)) {
    const address = `${origin}/hall/carry#${frame}`
    expect(address.length).toBeLessThanOrEqual(1_100)
    const seen = codeIn(pictureOf(address, 4))
    expect(seen).toBe(address)
    expect(readFrame(seen ?? '')).toEqual(read(frame))
  }
  expect(codeIn({ data: new Uint8ClampedArray(400 * 400 * 4).fill(200), width: 400, height: 400 })).toBeNull()
})
