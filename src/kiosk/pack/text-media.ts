// Pictures and recordings in a text of a pack: which there are, and what stands for one that did not fit.
import { elementsIn, escaped, readHtml, replace, writeHtml } from '#export/html.ts'

const folder = '/media/'
const sourceOf = (attributes: ReadonlyMap<string, string>) => attributes.get('src') ?? ''

/** Addresses of the media that a text shows. */
export const mediaIn = (html: string): string[] =>
  [...elementsIn(readHtml(html))]
    .map(({ attributes }) => sourceOf(attributes))
    .filter((src) => src.startsWith(folder))

/** The text with a sentence in the place of each medium that is not there. */
export function withoutMedia(html: string, gone: ReadonlySet<string>): string {
  if (!mediaIn(html).some((src) => gone.has(src))) return html
  const mended = replace(readHtml(html), ({ name, attributes }) => {
    if (!gone.has(sourceOf(attributes))) return undefined
    const words = name === 'audio' ? '这段录音请扫码到手机上听。' : `图：${attributes.get('alt') ?? ''}`
    return [`<p class="note">${escaped(words)}</p>`]
  })
  return writeHtml(mended)
}
