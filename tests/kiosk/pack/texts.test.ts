// Texts as a hall reads them: checks in their places, films and attachments named, sounds above the characters.
import fc from 'fast-check'
import type { Element, Root } from 'hast'
import { describe, expect, test } from 'vitest'
import { bareTree, quotationsIn } from '#kiosk/pack/bare-tree.ts'
import { charactersIn, withoutFonts } from '#kiosk/pack/font-slices.ts'
import { withoutMedia } from '#kiosk/pack/text-media.ts'
import { cutOut, withPinyin } from '#kiosk/pack/with-pinyin.ts'

const element = (
  tagName: string,
  properties: Element['properties'],
  children: Element['children'] = [],
): Element => ({
  ...{ type: 'element', tagName, properties, children },
})
const tree: Root = {
  type: 'root',
  children: [
    element('p', {}, [{ type: 'text', value: '课文' }]),
    element('x-note', { title: '注意' }, [element('x-quiz', { item: 'itm-a-1' })]),
    element('x-video', { title: '《走访》', src: '/media/a.mp4' }),
    element('x-attachment', { title: '登记表', src: '/media/a.pdf' }),
    element('x-quote', { work: '《书》', attribution: 'legend' }, [
      element('span', {}, [{ type: 'text', value: '天知，' }]),
      element('span', {}, [{ type: 'text', value: '地知。' }]),
    ]),
  ],
}

describe('a bare text', () => {
  test('has a place for each check, and nothing of films and attachments but what they are', () => {
    const before = structuredClone(tree)
    const text = JSON.stringify(bareTree(tree))
    expect(text).toContain('"dataItem":"itm-a-1"')
    expect(text).toContain('这里有一段视频《走访》，请扫码到手机上看。')
    expect(text).toContain('这里有一份附件《登记表》，请扫码到手机上取。')
    expect(text).not.toMatch(/x-quiz|x-video|x-attachment|\.mp4|\.pdf/)
    expect(tree).toEqual(before)
  })

  test('tells its quotations with their source', () => {
    expect(quotationsIn(tree)).toEqual([{ text: '天知，地知。', source: '《书》', attribution: 'legend' }])
  })

  test('says what a picture shows and that there is a recording, where these did not fit', () => {
    const html =
      '<p>前</p><figure><img src="/media/a.svg" alt="一条窄巷 &amp; 墙"></figure><audio src="/media/b.mp3"></audio>'
    const text = withoutMedia(html, new Set(['/media/a.svg', '/media/b.mp3']))
    expect(text).toBe(
      '<p>前</p><figure><p class="note">图：一条窄巷 &amp; 墙</p></figure><p class="note">这段录音请扫码到手机上听。</p>',
    )
    expect(withoutMedia(html, new Set(['/media/other.svg']))).toBe(html)
  })
})

describe('sounds', () => {
  test('stand above Chinese characters alone, each as it sounds in its word', () => {
    expect(withPinyin('<p>长大，在 A 长江</p>')).toBe(
      '<p><ruby>长<rt>zhǎng</rt>大<rt>dà</rt></ruby>，<ruby>在<rt>zài</rt></ruby> A <ruby>长<rt>cháng</rt>江<rt>jiāng</rt></ruby></p>',
    )
  })

  test('stay out of attributes, drawings and what is pinyin already', () => {
    const html =
      '<img alt="窄巷"><svg><title>图</title></svg><p lang="zh-Latn-pinyin">读</p><details><summary>看拼音</summary></details>'
    expect(withPinyin(html)).toBe(html)
  })

  test('change nothing else of a text, whatever stands in it', () => {
    const anyText = fc.array(
      fc.constantFrom('家', '风', '長', '𠮷', '〇', 'A', '，', ' ', '&amp;', '<b>', '</b>', '1'),
    )
    fc.assert(
      fc.property(anyText, (parts) => {
        const opened = parts.filter((each) => !each.startsWith('<')).join('')
        const html = `<p>${opened}<b>${opened}</b></p>`
        expect(withPinyin(html).replace(/<rt>[^<]*<\/rt>|<\/?ruby>/g, '')).toBe(html)
      }),
    )
  })
})

test('the text is cut out of its page, and a page without one is an error', () => {
  expect(cutOut('<main><div class="wrap"><div class="a prose"><p>文</p></div></div></main>', 'prose')).toBe(
    '<div class="a prose"><p>文</p></div>',
  )
  expect(() => cutOut('<main></main>', 'prose')).toThrow('The page has no .prose.')
})

test('of a font those slices come along that have a character of the pack', () => {
  const face = (name: string, range: string) =>
    `@font-face{src:url(/_astro/${name}.woff2);unicode-range:${range}}`
  const css = `p{color:red}${face('one', 'U+4e00-4eff,U+20')}${face('two', 'U+5bb6')}${face('three', 'U+98??')}`
  expect(withoutFonts(css, charactersIn(['家']))).toBe(`p{color:red}${face('two', 'U+5bb6')}`)
  expect(withoutFonts(css, charactersIn(['风颀']))).toBe(`p{color:red}${face('three', 'U+98??')}`)
  expect(withoutFonts('@font-face{src:url(a)}', charactersIn(['家']))).toBe('@font-face{src:url(a)}')
})
