// Which files may be put into a draft, told by name and size before a byte is sent: the browser asks here first, and the
// server asks again. What a file really is, its content decides afterwards (contents.server.ts).
import { extensionOf, isFileName, mediaTypes } from '#course/media.ts'
import { Refusal } from '#refusal.ts'

const MB = 1024 * 1024

/** How a file is looked at; sound and film come in the same containers. */
export type Family = 'picture' | 'mp3' | 'mp4' | 'webm' | 'vtt' | 'pdf' | 'pptx'

type Sort = { family: Family; most: number; lighter: string }

const shrinkFilm = '请用剪映等软件导出为720P，或分成几段，在500 MB以内。'
const shrinkSound = '请另存为单声道、64 kbps的MP3，或分成几段，在20 MB以内。'
const mostOf = (extension: string) => mediaTypes[extension]?.most ?? 0

/** Extension → how it is looked at, bytes as sent, and what to do when there are more. */
const sorts: ReadonlyMap<string, Sort> = new Map<string, Sort>([
  ...['jpg', 'jpeg', 'png', 'webp'].map((extension): [string, Sort] => [
    extension,
    { family: 'picture', most: 20 * MB, lighter: '请在手机上另存为较小的一份，在20 MB以内。' },
  ]),
  ['mp3', { family: 'mp3', most: mostOf('mp3'), lighter: shrinkSound }],
  ['m4a', { family: 'mp4', most: mostOf('m4a'), lighter: shrinkSound }],
  ['weba', { family: 'webm', most: mostOf('weba'), lighter: shrinkSound }],
  ['mp4', { family: 'mp4', most: mostOf('mp4'), lighter: shrinkFilm }],
  ['webm', { family: 'webm', most: mostOf('webm'), lighter: shrinkFilm }],
  ['vtt', { family: 'vtt', most: mostOf('vtt'), lighter: '字幕在1 MB以内。请看看是不是选错了文件。' }],
  ['pdf', { family: 'pdf', most: mostOf('pdf'), lighter: '请压缩其中的图片，在30 MB以内。' }],
  ['pptx', { family: 'pptx', most: mostOf('pptx'), lighter: '请压缩其中的图片，或另存为PDF，在30 MB以内。' }],
])

const instead: [RegExp, string][] = [
  [/^svgz?$/, '矢量图（SVG）里可以藏程序，不收。请另存为PNG再传。'],
  [/^(heic|heif)$/, '这是苹果手机的HEIC照片。请在手机“设置—相机—格式”里选“兼容性最佳”，或截屏后再传。'],
  [/^(gif|bmp|tiff?|avif|psd|ai)$/, '请另存为JPG或PNG图片再传。'],
  [/^(ppt|pps|pot|dps)$/, '这是旧格式的PPT。请在PowerPoint或WPS里另存为 .pptx 或 PDF 再传。'],
  [/^(pptm|ppsm|potm)$/, '带宏的PPT里可以藏程序，不收。请另存为 .pptx 或 PDF 再传。'],
  [/^(ppsx|potx)$/, '请在PowerPoint或WPS里另存为 .pptx 或 PDF 再传。'],
  [/^(docx?|wps|rtf|odt)$/, 'Word文件请从“写一份新的”导入成课文；要给人下载，请另存为PDF再传。'],
  [/^(xlsx?|et|csv|txt|md)$/, '请把内容写进课文里，或另存为PDF再传。'],
  [/^(mov|avi|wmv|mkv|flv|3gp|rmvb|rm|m4v|mpe?g|ts)$/, '请用剪映等软件导出为MP4再传。'],
  [/^(wav|amr|aac|ogg|oga|opus|wma|flac|ape|aiff?)$/, '请另存为MP3或M4A再传。'],
  [/^(srt|ass|ssa|lrc)$/, '请用剪映或字幕软件把字幕另存为 .vtt 再传。'],
  [/^(zip|rar|7z|gz|tar)$/, '压缩包不收。请解开，把里面的图片、录音或PDF一个一个传。'],
]
const otherwise =
  '能传的有：图片（JPG、PNG、WebP）、录音（MP3、M4A）、视频（MP4、WebM）、字幕（VTT）、附件（PDF、PPTX）。'

const quoted = (name: string) => `“${name.length > 40 ? `${name.slice(0, 40)}…` : name}”`

/** What is said of a file that is not taken, with what can be done instead. */
export function notTaken(name: string, hint?: string): Refusal {
  const extension = extensionOf(name)
  const mend = instead.find(([pattern]) => pattern.test(extension))?.[1] ?? otherwise
  return new Refusal('invalid', `${quoted(name)}不能放进稿子。`, hint ?? mend)
}

/** What is said of a file that is called what it is not, or is torn. */
export const notWhatItSays = (name: string) =>
  new Refusal(
    'invalid',
    `${quoted(name)}的内容不是完整的 .${extensionOf(name)} 文件。`,
    '请先在电脑或手机上打开看看，再重新导出一份；不要只改文件的扩展名。',
  )

/** What is said of too many bytes. `extension` is that of what it turned out to be. */
export function tooLarge(name: string, extension = extensionOf(name)): Refusal {
  const sort = sorts.get(extension)
  const most = `${(sort?.most ?? 0) / MB} MB`
  return new Refusal('too-large', `${quoted(name)}太大，最多${most}。`, sort?.lighter ?? '')
}

/**
 * How a file of this name is looked at, and how many bytes it may have.
 * @param bytes as announced; 0 if that is not known.
 * @throws Refusal before anything is sent.
 */
export function sortOf(name: string, bytes: number): Pick<Sort, 'family' | 'most'> {
  const sort = sorts.get(extensionOf(name))
  if (!sort) throw notTaken(name)
  if (bytes > sort.most) throw tooLarge(name)
  return sort
}

/**
 * The name under which a file stands beside the text: that of the file without its path, and with the extension of
 * what it is. Letters of all scripts stay; what else there is becomes a hyphen.
 */
export function draftName(given: string, extension: string): string {
  const last = given.normalize('NFC').split(/[\\/]/).at(-1) ?? ''
  const stem = last
    .replace(/\.[a-z0-9]+$/i, '')
    .replace(/[^\p{L}\p{N}_-]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+|-+$/gu, '')
  const name = `${[...stem].slice(0, 40).join('')}.${extension}`
  return isFileName(name, [extension]) ? name : `文件.${extension}`
}
