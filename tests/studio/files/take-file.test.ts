// Files that people put into a draft: kept for what they are, or refused with what to do instead; nothing half stays.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { read } from '#db/database.server.ts'
import { media } from '#db/schema/library.ts'
import { Refusal } from '#refusal.ts'
import { clearIncoming, toldOfDisk } from '#studio/files/incoming.server.ts'
import { takeFile } from '#studio/files/take-file.server.ts'
import { freshDatabase } from '../../support/database.ts'
import { mp3, mp4, pdf, slides, webm } from './made-files.ts'

const place = freshDatabase()

async function* inPieces(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}
const take = (name: string, bytes: Uint8Array, more: { bytes?: number; seconds?: number } = {}) =>
  takeFile(place.dataDir, { name, stream: inPieces(bytes), ...more })
const refusalOf = async (name: string, bytes: Uint8Array, more = {}) => {
  const error: unknown = await take(name, bytes, more).catch((thrown: unknown) => thrown)
  if (!(error instanceof Refusal)) throw new Error(`${name} was not refused: ${JSON.stringify(error)}`)
  return `${error.kind} ${error.message}${error.hint}`
}
const mediaDir = () => join(place.dataDir, 'media')
const kept = () =>
  existsSync(mediaDir()) ? readdirSync(mediaDir()).filter((name) => name !== '.incoming') : []
const onTheWay = () => readdirSync(join(mediaDir(), '.incoming'))
const rows = () => read.select().from(media)

test('a film, a recording, a document and slides are kept for what they are, with their length', async () => {
  const taken = [
    await take('家访.mp4', mp4({ seconds: 95 })),
    await take('录音.m4a', mp4({ kinds: ['soun'], seconds: 61 })),
    await take('朗读.MP3', mp3(1000)),
    await take('讲解.webm', webm([1, 2], 3, 12_400)),
    await take('登记表.pdf', pdf()),
    await take('讲稿.pptx', slides()),
    await take('字幕.vtt', Buffer.from('\uFEFFWEBVTT\n\n00:00.000 --> 00:02.000\n天知，神知\n')),
  ]
  expect(taken.map(({ name, seconds }) => [name, seconds])).toEqual([
    ['家访.mp4', 95],
    ['录音.m4a', 61],
    ['朗读.mp3', 26],
    ['讲解.webm', 12],
    ['登记表.pdf', undefined],
    ['讲稿.pptx', undefined],
    ['字幕.vtt', undefined],
  ])
  for (const { stored, url, bytes } of taken) {
    expect(stored).toMatch(/^[0-9a-f]{64}\.[a-z0-9]+$/)
    expect(url).toBe(`/media/${stored}`)
    expect(readFileSync(join(mediaDir(), stored)).length).toBe(bytes)
  }
  expect((await rows()).map(({ hash, extension }) => `${hash}.${extension}`).sort()).toEqual(kept().sort())
  expect(onTheWay()).toEqual([])
})

test('what a phone records without a length is measured, and sound under the name of a film is sound', async () => {
  const android = await take('朗读.webm', webm([2], 7), { seconds: 3000 })
  expect([android.name, android.seconds]).toEqual(['朗读.weba', 7])
  const iphone = await take('朗读.mp4', mp4({ kinds: ['soun'], fragments: 6 }))
  expect([iphone.name, iphone.seconds]).toEqual(['朗读.m4a', 6])
})

test('the length that the browser measured counts where the file says none, within bounds', async () => {
  const silent = mp4({ seconds: 0 })
  expect((await take('a.mp4', silent, { seconds: 200.4 })).seconds).toBe(200)
  expect((await take('a.mp4', silent, { seconds: 1e9 })).seconds).toBeUndefined()
  expect((await take('a.mp4', silent)).seconds).toBeUndefined()
})

test('a cover in front of an MP3 does not make it longer', async () => {
  const cover = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\x07\x68', 'latin1'), Buffer.alloc(1000, 0xff)])
  expect((await take('a.mp3', mp3(200, cover))).seconds).toBe(5)
})

test('the same bytes sent twice are one file, whoever sends them and at the same time', async () => {
  const bytes = pdf(70_000)
  const [one, two] = await Promise.all([take('甲.pdf', bytes), take('乙.pdf', bytes)])
  expect(one.stored).toBe(two.stored)
  expect([one.name, two.name]).toEqual(['甲.pdf', '乙.pdf'])
  expect(
    await read
      .select()
      .from(media)
      .where(eq(media.hash, one.stored.slice(0, 64))),
  ).toHaveLength(1)
})

test('what the camera noted stays behind, and the picture is light', async () => {
  const sent = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#a33' } })
    .withExif({ IFD0: { Copyright: 'Canary' }, IFD3: { GPSLatitude: '30/1 1/1 1/1' } })
    .jpeg()
    .toBuffer()
  expect(sent.includes('Canary')).toBe(true)
  const { name, stored, bytes } = await take('村口.JPG', sent)
  const written = readFileSync(join(mediaDir(), stored))
  expect([name, (await sharp(written).metadata()).format]).toEqual(['村口.webp', 'webp'])
  expect(written.includes('Canary')).toBe(false)
  expect(bytes).toBeLessThanOrEqual(300 * 1024)
})

test('a small picture that would unfold to billions of pixels is refused', async () => {
  const side = { width: 16_000, height: 16_000, channels: 3 as const, background: '#fff' }
  const bomb = await sharp({ create: side, limitInputPixels: false }).png({ compressionLevel: 9 }).toBuffer()
  expect(await refusalOf('图.png', bomb)).toContain('像素太多')
})

test.each([
  ['a.svg', '矢量图（SVG）里可以藏程序'],
  ['a.heic', '兼容性最佳'],
  ['a.mov', '导出为MP4'],
  ['a.ppt', '另存为 .pptx 或 PDF'],
  ['a.pptm', '另存为 .pptx 或 PDF'],
  ['a.docx', '导入成课文'],
  ['a.wav', 'MP3或M4A'],
  ['a.srt', '另存为 .vtt'],
  ['a.zip', '请解开'],
  ['a.exe', '能传的有'],
  ['a', '能传的有'],
  ['constructor', '能传的有'],
])('%s is refused at sight, with what can be done instead', async (name, words) => {
  expect(await refusalOf(name, Buffer.from('x'))).toContain(words)
})

test.each<[string, Uint8Array]>([
  ['程序.mp4', Buffer.from('MZ\x90\0')],
  ['页面.pdf', Buffer.from('<html><script>1</script>')],
  ['半.pdf', pdf().subarray(0, 500)],
  ['半.mp4', mp4({ filler: 5000 }).subarray(0, 3000)],
  ['头.mp4', mp4({}).subarray(0, 24)],
  ['半.webm', webm([1], 2).subarray(0, 190)],
  ['图.mp3', Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1'), Buffer.alloc(9000, 0xff)])],
  ['表.pptx', Buffer.from('PK\x03\x04 no directory')],
  ['文.pptx', slides().subarray(0, -30)],
  ['字.vtt', Buffer.from('1\n00:00 --> 00:01\n')],
  ['空轨.mp4', mp4({ kinds: [] })],
])('%s is refused, because it is not what its name says or is torn', async (name, bytes) => {
  const before = kept()
  expect(await refusalOf(name, bytes)).toMatch(/不是完整的 .*重新导出一份/)
  expect([kept(), onTheWay()]).toEqual([before, []])
})

test('a picture under a good name that is none is refused as the picture rules say', async () => {
  expect(await refusalOf('图.png', Buffer.from('<svg xmlns="x"></svg>'))).toContain('另存为PNG')
  expect(await refusalOf('图.jpg', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0'))).toContain('兼容性最佳')
  expect(onTheWay()).toEqual([])
})

test('slides with programs in them are refused; a document in the same coat is no slides', async () => {
  const macros = slides({ 'ppt/vbaProject.bin': Buffer.from('x') })
  expect(await refusalOf('讲稿.pptx', macros)).toContain('宏里可以藏程序。请另存为 .pptx 或 PDF')
  expect(await refusalOf('旧.pptx', Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toContain('去掉密码')
  const text = Buffer.from(slides()).toString('latin1').replaceAll('ppt/presentation', 'doc/presentation')
  expect(await refusalOf('文.pptx', Buffer.from(text, 'latin1'))).toContain('不是完整的')
})

test('what is packed in slides does not unfold here: a bomb costs no more than its directory', async () => {
  const bomb = slides({ 'ppt/media/bomb.bin': new Uint8Array(300 * 1024 * 1024) })
  expect(bomb.length).toBeLessThan(1024 * 1024)
  const before = process.memoryUsage().arrayBuffers
  expect((await take('讲稿.pptx', bomb)).bytes).toBe(bomb.length)
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50 * 1024 * 1024)
}, 30_000)

test('too much is refused before a byte is read, or as soon as more comes than was said', async () => {
  let asked = 0
  const stream = (async function* () {
    asked++
    yield Buffer.alloc(1)
  })()
  const bytes = 501 * 1024 * 1024
  await expect(takeFile(place.dataDir, { name: 'a.mp4', stream, bytes })).rejects.toThrow('最多500 MB')
  expect(asked).toBe(0)
  expect(await refusalOf('a.mp3', Buffer.alloc(20 * 1024 * 1024 + 1), { bytes: 10 })).toMatch(
    /^too-large .*最多20 MB/,
  )
  // Sound that calls itself a film may still not be larger than sound.
  const sound = mp4({ kinds: ['soun'], seconds: 9, filler: 20 * 1024 * 1024 })
  expect(await refusalOf('a.mp4', sound)).toMatch(/^too-large .*最多20 MB/)
  expect(await refusalOf('a.pdf', Buffer.alloc(0))).toContain('文件是空的')
  expect(onTheWay()).toEqual([])
})

test('a line that is cut in the middle leaves neither file nor row', async () => {
  const [before, known] = [kept(), await rows()]
  const stream = (async function* () {
    yield pdf().subarray(0, 400)
    throw new Refusal('invalid', '文件没有传完，连接断了。')
  })()
  await expect(takeFile(place.dataDir, { name: 'a.pdf', stream })).rejects.toThrow('没有传完')
  expect([kept(), await rows(), onTheWay()]).toEqual([before, known, []])
})

test('no name leads out of the draft, and letters of all scripts stay', async () => {
  const named = async (name: string) => (await take(name, pdf())).name
  expect(await named('../../etc/passwd.pdf')).toBe('passwd.pdf')
  expect(await named('C:\\Users\\杨震\\暮夜 却金（定稿）.pdf')).toBe('暮夜-却金-定稿.pdf')
  expect(await named('.隐藏.pdf')).toBe('隐藏.pdf')
  expect(await named('__proto__.pdf')).toBe('proto__.pdf')
  expect(await named('\u202e<a>.pdf')).toBe('a.pdf')
  expect(await named('😀.pdf')).toBe('文件.pdf')
  expect(await named('e\u0301té.pdf')).toBe('été.pdf')
  expect(await named(`${'长'.repeat(500)}.pdf`)).toBe(`${'长'.repeat(40)}.pdf`)
})

test('what a crash left on the way is gone after the next start, and the media stay', async () => {
  const before = kept()
  mkdirSync(join(mediaDir(), '.incoming'), { recursive: true })
  writeFileSync(join(mediaDir(), '.incoming', 'x.part'), 'half')
  await clearIncoming(place.dataDir)
  expect(existsSync(join(mediaDir(), '.incoming'))).toBe(false)
  expect(kept()).toEqual(before)
})

test.runIf(existsSync('/dev/full'))('a full disk is told in words, and a bug stays a bug', () => {
  const full = (() => {
    try {
      return writeFileSync('/dev/full', 'x')
    } catch (error) {
      return error
    }
  })()
  expect(toldOfDisk(full)).toMatchObject({ kind: 'busy', message: '服务器的存储空间不够了，文件没有存下。' })
  const bug = new TypeError('a bug')
  expect(toldOfDisk(bug)).toBe(bug)
})
