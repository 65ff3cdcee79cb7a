// Words for a picture that tell nothing to those who do not see it. That there are any, the door of course/ demands.
import type { Root } from 'mdast'
import { literalProps } from '#course/check-component.ts'
import { countHan } from '#course/han.ts'
import { walk } from '#course/tree.ts'
import { adviceOn } from '#studio/check/advice.ts'
import type { Advice } from '#studio/check/advice.ts'

/** Pictures whose words are the name of the file, only say that it is a picture, or repeat what stands below it. */
export function advisePictures(tree: Root, source: string): Advice[] {
  return [...walk(tree)].flatMap(({ node }) => {
    const picture =
      node.type === 'image'
        ? { src: node.url, alt: node.alt ?? '', caption: '' }
        : node.type === 'mdxJsxFlowElement' && node.name === 'Figure'
          ? { src: '', alt: '', caption: '', ...literalProps(node) }
          : null
    const message = picture && faultOf(picture)
    const { start, end } = node.position ?? {}
    if (!message || start?.offset === undefined || end?.offset === undefined) return []
    const mend = '用一句话说图上有什么，如“一条窄巷，两边是灰砖墙”。'
    return [adviceOn(source, [start.offset, end.offset], { kind: 'alternative-text', message, mend })]
  })
}

function faultOf({ src, alt, caption }: { src: string; alt: string; caption: string }): string | null {
  const words = alt.trim()
  // Without any the door refuses the picture; to say it twice helps nobody.
  if (words === '') return null
  if (words === src || words === src.replace(/\.\w+$/, '') || /^[\w.-]+\.(png|jpe?g|webp|svg)$/i.test(words))
    return '图片的说明只是文件名，看不见图的人不知道图上有什么。'
  if (/^(图|图片|照片|插图|配图|示意图|image)\s*\d*$/i.test(words))
    return `图片的说明只写了“${words}”，看不见图的人不知道图上有什么。`
  if (words === caption.trim()) return '图片的说明和图下的文字一样，听的人会听到两遍。'
  return countHan(words) < 4 ? `图片的说明“${words}”太短，说不清图上有什么。` : null
}
