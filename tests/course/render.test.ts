import { describe, expect, test } from 'vitest'
import type { Element, ElementContent, Root } from 'hast'
import { placeMedia } from '#course/place-media.ts'
import { toElement, toHast } from '#course/render.ts'
import { bodyWith, check, goodBody, sourceOf } from './sample.ts'

/** A drawn element of the small runtime below. */
type Drawn = { type: unknown; props: Record<string, unknown> }
const create = (type: unknown, props: Record<string, unknown>): Drawn => ({ type, props })
const runtime = { jsx: create as never, jsxs: create as never, Fragment: 'fragment' }

function drawn(part: string, minutes = '3'): Root {
  const checked = check(sourceOf(bodyWith(part), { minutes }))
  if (checked.type === 'refused') throw new Error(checked.problems.map(({ message }) => message).join())
  return toHast(checked.tree)
}

function find(node: Root | ElementContent, tagName: string): Element[] {
  if (node.type !== 'root' && node.type !== 'element') return []
  const own = node.type === 'element' && node.tagName === tagName ? [node] : []
  return [...own, ...node.children.flatMap((child) => find(child as ElementContent, tagName))]
}

describe('a drawn lesson', () => {
  test('is plain data: as JSON and back it is the same, without places and code', () => {
    const tree = drawn('| 甲 |\n| - |\n| 1 |\n\n好[^1]\n\n[^1]: 注')
    expect(JSON.parse(JSON.stringify(tree))).toEqual(tree)
    expect(JSON.stringify(tree)).not.toMatch(/position|estree|mdx|"data"/)
  })

  test('has an id for each section and for no other heading', () => {
    const tree = drawn('### 小节\n\n好\n\n## 又一节\n\n好[^1]\n\n[^1]: 注')
    expect(find(tree, 'h2').map(({ properties }) => properties.id)).toEqual(['s1', 's2'])
    expect(find(tree, 'h3').map(({ properties }) => properties.id)).toEqual([undefined])
  })

  test('knows its components by name, with their props as text', () => {
    const tree = drawn('<Note title="“><script>”">好</Note>')
    expect(find(tree, 'x-quiz')[0]?.properties).toEqual({ item: 'itm-sizhi-1' })
    expect(find(tree, 'x-note')[0]?.properties).toEqual({ title: '“><script>”' })
  })

  test('sets a short quotation upright, a clause to a column', () => {
    const [quote] = find(
      drawn('<Quote work="书" attribution="certain">\n天知，神知，\n我知，子知。\n</Quote>'),
      'x-quote',
    )
    expect(quote?.properties).toEqual({ work: '书', attribution: 'certain', upright: 'yes' })
    expect(quote?.children.map((child) => child.type === 'element' && child.children[0])).toEqual([
      { type: 'text', value: '天知，神知，' },
      { type: 'text', value: '我知，子知。' },
    ])
  })

  test('draws emphasis beside Chinese punctuation, and no space where a line of the source ends', () => {
    const [paragraph] = find(drawn('**注意：**这里\n有字。'), 'p').slice(-1)
    const texts = paragraph?.children.map((child) =>
      child.type === 'text' ? child.value : find(child, 'strong').length,
    )
    expect(texts).toEqual([1, '这里有字。'])
  })

  test('has no style attribute, no form control and no raw HTML', () => {
    const text = JSON.stringify(drawn('| 甲 | 乙 |\n|:-:|-:|\n| 1 | 2 |\n\n- [x] 好\n- [ ] 坏'))
    expect(text).not.toMatch(/"style"|"input"|"raw"/)
    expect(text).toContain('☑')
    expect(text).toContain('to-right')
  })

  test('names its files by address, attachments with name and size', () => {
    const files = new Map([
      ['图1.svg', { hash: 'aa', extension: 'svg', bytes: 9 }],
      ['表.csv', { hash: 'bb', extension: 'csv', bytes: 2000 }],
    ])
    const tree = placeMedia(
      drawn('![好](图1.svg)\n\n<Figure src="图1.svg" alt="好" />\n\n<Attachment src="表.csv" title="表" />'),
      files,
    )
    expect(find(tree, 'img')[0]?.properties.src).toBe('/media/aa.svg')
    expect(find(tree, 'x-figure')[0]?.properties.src).toBe('/media/aa.svg')
    expect(find(tree, 'x-attachment')[0]?.properties).toEqual({
      src: '/media/bb.csv',
      title: '表',
      name: '表.csv',
      bytes: 2000,
    })
  })
})

describe('drawing with the page’s JSX', () => {
  test('uses the component that stands for an element, and plain elements for the rest', () => {
    const Note = () => null
    const tree = drawn('<Note title="好">\n\n好\n\n</Note>')
    const elements = (toElement(tree, runtime, { 'x-note': Note }) as Drawn).props.children as (
      Drawn | string
    )[]
    const types = elements.flatMap((each) => (typeof each === 'string' ? [] : [each.type]))
    expect(types).toEqual(['p', 'h2', 'p', Note, 'x-quiz'])
    const note = elements.find((each) => typeof each !== 'string' && each.type === Note) as Drawn
    expect(note.props).toMatchObject({ title: '好', children: { type: 'p', props: { children: '好' } } })
  })

  test('throws on anything that would have to be evaluated, should it ever get so far', () => {
    const evil = { type: 'root', children: [{ type: 'mdxFlowExpression', value: 'x' }] } as unknown as Root
    expect(() => toElement(evil, runtime, {})).toThrow()
    const unchecked = {
      type: 'root',
      children: [{ type: 'mdxJsxFlowElement', name: 'Evil', attributes: [], children: [] }],
    }
    expect(() => toHast(unchecked as never)).toThrow('unchecked')
  })

  test('a lesson without anything special is small', () => {
    expect(JSON.stringify(drawn('好')).length).toBeLessThan(goodBody.length * 10)
  })
})
