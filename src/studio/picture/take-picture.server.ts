// Makes a picture that somebody sends fit for readers: decoded and encoded anew, so that neither where it was taken nor
// anything hidden in the file goes on, and light enough for a village line.
import sharp from 'sharp'
import { Refusal } from '#refusal.ts'

/** A picture for readers, always WebP. */
export type Picture = { bytes: Buffer; extension: 'webp'; width: number; height: number }

/** Bytes of a picture that readers get, at most. */
export const heaviestPicture = 300 * 1024
/** Bytes that may be sent, and pixels that they may grow to: a phone's 48 megapixels pass, a bomb does not. */
const heaviestSent = 20 * 1024 * 1024
const mostPixels = 60_000_000
const seconds = 20

/** Longer side in pixels, and quality; the first that is light enough is taken. */
const tries = [
  { side: 1600, quality: 82 },
  { side: 1600, quality: 68 },
  { side: 1280, quality: 60 },
  { side: 960, quality: 50 },
  { side: 720, quality: 35 },
  { side: 480, quality: 20 },
]

// Only these readers are loaded, whatever a file says that it is: no SVG, PDF or TIFF is ever tried.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
})
sharp.cache(false)
// One thread of many: pictures may take their time, beats may not.
sharp.concurrency(1)

/**
 * Reads a JPEG, PNG or WebP by its content, turns it upright, and writes it as WebP of at most 300 KB without any of
 * what the camera noted (EXIF, place, profile). Of a moving picture only the first frame stays.
 * @throws Refusal in words when it is none of these, torn, or too large.
 */
export async function takePicture(sent: Uint8Array, name: string): Promise<Picture> {
  requireKind(sent, name)
  if (sent.length > heaviestSent)
    throw new Refusal(
      'too-large',
      `图片“${name}”有${(sent.length / 1024 / 1024).toFixed(1)} MB，太大了。`,
      '图片在20 MB以内。请在手机上另存为较小的一份再传。',
    )
  for (const { side, quality } of tries) {
    const { data, info } = await encode(sent, side, quality).catch((error: Error) => {
      throw explain(error, name)
    })
    if (data.length <= heaviestPicture)
      return { bytes: data, extension: 'webp', width: info.width, height: info.height }
  }
  throw new Refusal('too-large', `图片“${name}”压缩后仍超过300 KB。`, '请截取其中要紧的部分再传。')
}

const encode = (sent: Uint8Array, side: number, quality: number) =>
  sharp(sent, { failOn: 'error', limitInputPixels: mostPixels })
    .timeout({ seconds })
    .autoOrient()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .webp({ quality, smartSubsample: true })
    .toBuffer({ resolveWithObject: true })

const begins = (bytes: Uint8Array, text: string, at = 0) =>
  Buffer.from(bytes.subarray(at, at + text.length)).toString('latin1') === text

function requireKind(bytes: Uint8Array, name: string) {
  const webp = begins(bytes, 'RIFF') && begins(bytes, 'WEBP', 8)
  if (begins(bytes, '\xff\xd8\xff') || begins(bytes, '\x89PNG\r\n\x1a\n') || webp) return
  throw new Refusal('invalid', `“${name}”不是能用的图片。`, mendOf(bytes))
}

function mendOf(bytes: Uint8Array): string {
  if (begins(bytes, 'ftyphei', 4) || begins(bytes, 'ftypmif', 4))
    return '这是苹果手机的HEIC照片。请在手机“设置—相机—格式”里选“兼容性最佳”，或截屏后再传。'
  const opening = Buffer.from(bytes.subarray(0, 512))
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (/^<(\?xml|svg|!--)/i.test(opening)) return '矢量图（SVG）里可以藏程序，不收。请另存为PNG再传。'
  return '请传JPG、PNG或WebP图片；不要只改文件的扩展名。'
}

function explain(error: Error, name: string): Error {
  if (/pixel limit/i.test(error.message))
    return new Refusal('too-large', `图片“${name}”的像素太多。`, '请缩小到6000万像素以内再传。')
  if (/timeout/i.test(error.message))
    return new Refusal('too-large', `图片“${name}”太复杂，${seconds}秒还没有读完。`, '请截屏后再传。')
  return new Refusal(
    'invalid',
    `图片“${name}”读不出来，可能没有传完。`,
    '请在电脑或手机上打开看看，另存一份再传。',
  )
}
