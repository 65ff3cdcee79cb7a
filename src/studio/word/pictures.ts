// Pictures of a document: known by their content whatever they are called, numbered in the order of the text.
import { createHash } from 'node:crypto'
import type { Image } from 'mdast'
import { cleanText } from '#studio/word/clean-text.ts'
import type { Losses } from '#studio/word/losses.ts'
import { within, type WordDocument, type WordImage, type WordNode } from '#studio/word/word-model.ts'

type Place = { lost: Losses; where: string }

/** What `takePicture` makes of every picture. */
const extension = 'webp'

export class Pictures {
  /** The bytes behind each picture of the text; null where the document does not hold them. */
  private readonly held: ReadonlyMap<WordImage, Buffer | null>
  private readonly names = new Map<string, { name: string; bytes: Uint8Array }>()
  private shown = 0

  constructor(held: ReadonlyMap<WordImage, Buffer | null>) {
    this.held = held
  }

  /** A picture as it stands in the body, or null if readers cannot be shown it. */
  take(image: WordImage, { lost, where }: Place): Image | null {
    const bytes = this.held.get(image) ?? null
    const alt = cleanText(image.altText ?? '').trim()
    const kind = bytes ? kindOf(bytes) : '链接到别处的图片'
    if (!bytes || kind !== 'picture') {
      const told = alt === '' ? '' : `，说明是“${alt.slice(0, 40)}”`
      lost.add('图片', where, mends[kind] ?? otherMend, `图片（${kind}${told}）`)
      return null
    }
    const name = this.nameOf(bytes)
    this.shown++
    if (!isTelling(alt)) {
      const said = alt === '' ? '' : `（文档里写的是“${alt.slice(0, 40)}”）`
      const what = `图片 ${this.shown} 没有说明${said}`
      lost.add('没有说明的图片', where, '请写一句图上有什么，给看不见图的人。', what)
    } else if (isByProgram(alt)) {
      lost.add('软件自动写的图片说明', where, '请核对，写成一句图上有什么。', `图片说明“${alt.slice(0, 40)}”`)
    }
    return { type: 'image', url: name, alt: isTelling(alt) ? alt : `图片 ${this.shown}`, title: null }
  }

  all(): { name: string; bytes: Uint8Array }[] {
    return [...this.names.values()]
  }

  /** The same picture twice is one file. */
  private nameOf(bytes: Buffer): string {
    const content = createHash('sha256').update(bytes).digest('hex')
    const known = this.names.get(content)
    if (known) return known.name
    const name = `picture-${this.names.size + 1}.${extension}`
    this.names.set(content, { name, bytes: new Uint8Array(bytes) })
    return name
  }
}

/** Reads what each picture of the text refers to; nothing outside the document is ever asked for. */
export async function holdPictures(bodies: readonly (readonly WordNode[])[]): Promise<Pictures> {
  const images = bodies.flatMap((body) => [...within(body)]).filter((node) => node.type === 'image')
  // What is not there throws, at once or later.
  const read = async (image: WordImage) => image.readAsBuffer()
  const held = images.map(async (image) => [image, await read(image).catch(() => null)] as const)
  return new Pictures(new Map(await Promise.all(held)))
}

/** The notes of a document that the given nodes refer to. */
export const noteBodies = ({ children, notes }: WordDocument): WordNode[][] =>
  [...within(children)].flatMap((node) =>
    node.type === 'noteReference' ? [notes.resolve(node)?.body ?? []] : [],
  )

const openings: [RegExp, string][] = [
  [/^(?:\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF[\s\S]{4}WEBP)/, 'picture'],
  [/^\x01\0\0\0[\s\S]{36} EMF/, 'EMF 矢量图'],
  [/^(?:\xd7\xcd\xc6\x9a|[\x01\x02]\0\t\0)/, 'WMF 矢量图'],
  [/^GIF8/, 'GIF 图片'],
  [/^BM/, 'BMP 图片'],
  [/^(?:II\*\0|MM\0\*)/, 'TIFF 图片'],
  [/^(?:\xef\xbb\xbf)?\s*<(?:\?xml|svg|!--)/i, 'SVG 矢量图'],
]

const kindOf = (bytes: Buffer): string => {
  const opening = bytes.subarray(0, 64).toString('latin1')
  return openings.find(([shape]) => shape.test(opening))?.[1] ?? '不认识的图片'
}

const mends: Record<string, string> = {
  链接到别处的图片: '图片不在文档里。请找到原图，在编辑器里插入。',
}
const otherMend = '在Word里截屏或“另存为图片”，存成PNG，再在编辑器里插入到这里。'

/** Names that Word gives by itself, and names of files, tell nothing. */
const isTelling = (alt: string) =>
  /[\p{L}\p{N}]/u.test(alt) &&
  !/^(?:图|图片|图像|照片|插图|配图|示意图|picture|image|img|photo)[\s_-]*\d*$/i.test(alt) &&
  !/\.(?:png|jpe?g|gif|bmp|webp|tiff?|emf|wmf)$/i.test(alt)

const isByProgram = (alt: string) => /自动生成|automatically generated|AI[- ]generated/i.test(alt)
