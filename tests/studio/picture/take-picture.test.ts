// A picture that somebody sends: upright, light, and silent about where it was taken; everything else is told why not.
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { Refusal } from '#refusal.ts'
import { heaviestPicture, takePicture } from '#studio/picture/take-picture.server.ts'

const place = { IFD0: { Copyright: '某某村', Make: 'Canary' }, IFD3: { GPSLatitude: '30/1 1/1 1/1' } }
const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#a33' } })
const noise = (width: number, height: number) =>
  sharp({
    create: {
      ...{ width, height, channels: 3, background: '#000' },
      noise: { type: 'gaussian', mean: 128, sigma: 90 },
    },
  })
const refusalOf = async (bytes: Uint8Array, name = '照片.jpg') => {
  const error: unknown = await takePicture(bytes, name).catch((thrown: unknown) => thrown)
  if (!(error instanceof Refusal)) throw error
  return `${error.message}${error.hint}`
}

test('what the camera noted does not go on, and a picture taken sideways stands upright', async () => {
  const sent = await plain(400, 200).withExif(place).withMetadata({ orientation: 6 }).jpeg().toBuffer()
  expect(sent.includes('Canary')).toBe(true)
  const { bytes, width, height } = await takePicture(sent, '照片.jpg')
  const found = await sharp(bytes).metadata()
  expect([width, height]).toEqual([200, 400])
  expect([found.format, found.exif, found.icc, found.xmp, found.orientation]).toEqual([
    'webp',
    ...Array<undefined>(4),
  ])
  expect(bytes.includes('Canary')).toBe(false)
})

test('what is hidden behind the end of the file does not go on', async () => {
  const sent = Buffer.concat([await plain(40, 40).png().toBuffer(), Buffer.from('<script>canary</script>')])
  expect((await takePicture(sent, '图.png')).bytes.includes('canary')).toBe(false)
})

test('even the least compressible picture of a large camera becomes lighter than 300 KB', async () => {
  const sent = await noise(3000, 2000).jpeg({ quality: 90 }).toBuffer()
  expect(sent.length).toBeGreaterThan(heaviestPicture * 10)
  const { bytes, width } = await takePicture(sent, '照片.jpg')
  expect(bytes.length).toBeLessThanOrEqual(heaviestPicture)
  expect(width).toBeLessThanOrEqual(1600)
}, 60_000)

test('a small picture is not made larger, and what is seen through stays so', async () => {
  const sent = await sharp({ create: { width: 30, height: 20, channels: 4, background: '#0000' } })
    .png()
    .toBuffer()
  const { bytes, width, height } = await takePicture(sent, '图.png')
  expect([width, height, (await sharp(bytes).metadata()).hasAlpha]).toEqual([30, 20, true])
})

test('a drawing is refused whatever its name, and so is a photo of a kind that browsers cannot show', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
  expect(await refusalOf(Buffer.from(svg), '图.png')).toContain('请另存为PNG再传')
  expect(await refusalOf(Buffer.from(`\uFEFF \n${svg}`), '图.png')).toContain('请另存为PNG再传')
  expect(await refusalOf(Buffer.from('\0\0\0\x18ftypheic\0\0\0\0'))).toContain('兼容性最佳')
  expect(await refusalOf(Buffer.from('%PDF-1.7'))).toContain('不要只改文件的扩展名')
  expect(await refusalOf(Buffer.alloc(0))).toContain('不是能用的图片')
})

test('a torn picture is refused in words', async () => {
  const sent = await noise(300, 300).jpeg().toBuffer()
  expect(await refusalOf(sent.subarray(0, sent.length / 2))).toContain('可能没有传完')
  expect(await refusalOf(Buffer.concat([sent.subarray(0, 20), Buffer.alloc(2000)]))).toContain('可能没有传完')
})

test('a small file that would grow to billions of pixels is refused', async () => {
  const sent = await sharp({
    create: { width: 16_000, height: 16_000, channels: 3, background: '#fff' },
    limitInputPixels: false,
  })
    .png({ compressionLevel: 9 })
    .toBuffer()
  expect(sent.length).toBeLessThan(2 * 1024 * 1024)
  expect(await refusalOf(sent)).toContain('像素太多')
}, 60_000)

test('a file that is too heavy is refused before it is read', async () => {
  const sent = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(21 * 1024 * 1024)])
  expect(await refusalOf(sent)).toContain('21.0 MB，太大了。')
})
