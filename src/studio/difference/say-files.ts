// Which files beside a document came, went and were replaced, in words.
import { audioExtensions, extensionOf, imageExtensions, videoExtensions } from '#course/media.ts'

type Files = Readonly<Record<string, string>>

/** One sentence for each file that differs. Name → `<hash>.<extension>`. */
export function sayFiles(before: Files, after: Files): string[] {
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])].sort()
  return names.flatMap((name) => {
    const [a, b] = [ownOf(before, name), ownOf(after, name)]
    if (a === b) return []
    return [`${a === null ? '新放了' : b === null ? '拿掉了' : '换了'}${kindOf(name)} ${name}。`]
  })
}

const ownOf = (files: Files, name: string) => (Object.hasOwn(files, name) ? (files[name] ?? null) : null)

function kindOf(name: string): string {
  const is = (extensions: readonly string[]) => extensions.includes(extensionOf(name))
  if (is(imageExtensions)) return '图片'
  if (is(audioExtensions)) return '录音'
  if (is(videoExtensions)) return '视频'
  return extensionOf(name) === 'vtt' ? '字幕' : '附件'
}
