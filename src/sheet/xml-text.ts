// XML from outside as text: decoded by its mark or its first bytes, and refused if it declares anything (DTD, entities).
import { UnreadableFile } from '#sheet/limits.ts'

const notText = (what: string) =>
  new UnreadableFile(`${what}里的文字认不出编码。`, '请在原来的软件里另存为UTF-8，再上传。')

/**
 * @param what what it is a part of, in Chinese.
 * @throws UnreadableFile if it is not UTF-8 or UTF-16, or declares a document type or an entity.
 */
export function xmlText(bytes: Uint8Array, what: string): string {
  let text: string
  try {
    text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes)
  } catch {
    throw notText(what)
  }
  if (text.includes('\0')) throw notText(what)
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text))
    throw new UnreadableFile(
      `${what}里有不该有的内容（DTD），没有读。`,
      '请新建一个文件，把内容粘贴进去再上传。',
    )
  return text
}

/** XML 1.0, appendix F: a mark, or how its first character `<` is spelt. */
function encodingOf([a, b]: Uint8Array): string {
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return 'utf-16le'
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return 'utf-16be'
  return 'utf-8'
}
