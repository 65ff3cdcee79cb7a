import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import type { Root } from 'mdast'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { checkItems } from '#course/check-items.ts'
import { nothingKnown } from '#course/known.ts'
import { isFormKind } from '#quiz/writing/form-kinds.ts'
import { toFields, type WrittenItem } from '#quiz/writing/fields.ts'
import { toItem } from '#quiz/writing/to-item.ts'
import { isUnplaced, problemsOfItems, readItems, writeItems } from '#studio/items/write-items.ts'

const content = path.join(import.meta.dirname, '../../../content')
const files = readdirSync(content, { recursive: true })
  .map(String)
  .filter((file) => /(^|\/)(items|test)\.yaml$/.test(file))
const sources = files.map((file) => [file, readFileSync(path.join(content, file), 'utf8')] as const)

const read = (source: string | null): WrittenItem[] => {
  const items = readItems(source)
  if (!items) throw new Error('cannot be read')
  return items
}
const first = (items: readonly WrittenItem[]): WrittenItem => items[0] ?? { id: '', kind: '' }

/** Two items as somebody might write them, with remarks and odd blanks. */
const handWritten = `# 第一课的题
- id: itm-a-1
  revision: 2
  kind: single
  indicator: openness
  difficulty:   easy
  passage: "一句：话"
  stem: 问什么？   # 再想想
  options:
    - { id: a, text: 甲 }
    - { id: b, text: 乙 }
  key: b
  rationale: |-
    头一行
    # 这不是注释

# 第二题
- id: itm-a-2
  revision: 1
  kind: true-false
  indicator: openness
  difficulty: easy
  passage: 又一句
  stem: 对吗
  key: true
  rationale: 因为
# 完
`

describe('the whole library', () => {
  test.each(sources)('%s keeps every byte when nothing is changed', (_file, source) => {
    expect(writeItems(source, read(source))).toBe(source)
  })

  test.each(sources)('%s keeps every byte when each item goes through its form', (_file, source) => {
    const items = read(source)
    const formed = items.map((item) => {
      const fields = toFields(item)
      expect(fields !== null).toBe(isFormKind(item.kind))
      return fields ? toItem(fields) : item
    })
    expect(formed).toEqual(items)
    expect(writeItems(source, formed)).toBe(source)
  })

  test('an item that is new reads back as it was written, in the way the library writes', () => {
    for (const [, source] of sources) {
      const items = read(source)
      const text = writeItems(null, items)
      expect(read(text)).toEqual(items)
      expect(text).toMatch(/^- id: itm-/)
    }
  })
})

describe('a change', () => {
  test('of one item leaves the bytes of the others', () => {
    const [, source] = sources[0] ?? ['', '']
    const items = read(source)
    for (let i = 0; i < items.length; i++) {
      const changed = items.map((item, at) => (at === i ? { ...item, stem: '换了问法？' } : item))
      const text = writeItems(source, changed) ?? ''
      expect(read(text)).toEqual(changed)
      expect(text.split('\n').filter((line) => !source.split('\n').includes(line))).toEqual([
        '  stem: 换了问法？',
      ])
    }
  })

  test('keeps remarks, and the writing of what is as it was', () => {
    const [one, two] = read(handWritten)
    expect(
      writeItems(
        handWritten,
        [one, two].flatMap((item) => item ?? []),
      ),
    ).toBe(handWritten)
    const changed = read(handWritten).map((item) => (item.id === 'itm-a-2' ? { ...item, key: false } : item))
    expect(writeItems(handWritten, changed)).toBe(handWritten.replace('key: true', 'key: false'))
    const longer = read(handWritten).map((item) => (item.id === 'itm-a-1' ? { ...item, key: 'a' } : item))
    const text = writeItems(handWritten, longer) ?? ''
    expect(text).toContain('passage: "一句：话"')
    expect(text).toContain('# 再想想')
    expect(text).toContain('# 第二题\n- id: itm-a-2')
    expect(read(text)).toEqual(longer)
  })

  test('a question that was taken out is gone with its lines, and a new one stands at the end', () => {
    const [one] = read(handWritten)
    const fresh = { id: 'itm-a-3', revision: 1, kind: 'order', key: ['b', 'a'] }
    const text = writeItems(handWritten, [first([one ?? { id: '', kind: '' }]), fresh]) ?? ''
    expect(text).not.toContain('itm-a-2')
    expect(text).toContain('\n\n- id: itm-a-3\n  revision: 1\n  kind: order\n  key: [b, a]\n')
    expect(writeItems(handWritten, [])).toBeNull()
  })

  test('any texts come back as they were typed, whatever marks they hold', () => {
    const [, source] = sources[1] ?? ['', '']
    const words = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(...'- :#\'"|>&*!%@{}[],?\n 中“”') }),
      fc.constantFrom('true', 'null', '1', '- a', '# 井号', '~', ''),
    )
    fc.assert(
      fc.property(words, words, fc.nat(), (stem, text, at) => {
        const items = read(source)
        const item = items[at % items.length] ?? first(items)
        const options = [{ id: 'a', text }]
        const changed = items.map((one) => (one === item ? { ...one, stem, options } : one))
        const written = writeItems(source, [...changed, { id: 'itm-n-1', kind: 'single', stem, options }])
        expect(read(written)).toEqual([...changed, { id: 'itm-n-1', kind: 'single', stem, options }])
        expect(parse(written ?? '')).toEqual(read(written))
      }),
      { numRuns: 150 },
    )
  })
})

describe('what cannot be read', () => {
  test.each([
    '- id: [',
    'a: b',
    '- 3',
    '- kind: single',
    '- &a {id: x, kind: y}\n- *a',
    '[{id: a, kind: b}]',
  ])('is left to the source: %s', (source) => {
    expect(readItems(source)).toBeNull()
    expect(() => writeItems(source, [{ id: 'itm-a-1', kind: 'single' }])).toThrow()
  })

  test('an empty file is a file without items, and keeps its remarks', () => {
    expect(readItems(null)).toEqual([])
    expect(readItems('[]')).toEqual([])
    expect(writeItems('# 还没有题\n', [{ id: 'itm-a-1', kind: 'single' }])).toBe(
      '# 还没有题\n- id: itm-a-1\n  kind: single\n',
    )
  })
})

describe('problems', () => {
  const at = (line: number, message = '不对', file = '检查题') => ({ file, line, message, mend: '改' })

  test('are told beside the field of their item', () => {
    const said = (line: number) =>
      problemsOfItems(handWritten, [at(line)]).map(({ item, field }) => [item, field])
    expect(said(7)).toEqual([['itm-a-1', 'passage']])
    expect(said(10)).toEqual([['itm-a-1', 'options']])
    expect(said(24)).toEqual([['itm-a-2', 'stem']])
    expect(said(1)).toEqual([[null, null]])
  })

  test('of the text belong to the item that they name, and to no other with a like name', () => {
    const problems = [at(1, '题目 itm-a-2 没有放进课文。', '正文'), at(1, '题目 itm-a-22 不在。', '正文')]
    expect(problemsOfItems(handWritten, problems).map(({ item }) => item)).toEqual(['itm-a-2'])
  })

  test('an item that the text does not show is known by what the door says', () => {
    const tree = { type: 'root', children: [] } satisfies Root
    const context = { tree, lessonFile: '正文', lessonId: 'lsn-a', known: nothingKnown }
    const checked = checkItems(handWritten, '检查题', context)
    const found = problemsOfItems(handWritten, checked.type === 'refused' ? checked.problems : [])
    expect(found.filter(isUnplaced).map(({ item }) => item)).toEqual(['itm-a-1', 'itm-a-2'])
    expect(found.filter((one) => !isUnplaced(one)).map(({ item, field }) => [item, field])).toEqual([
      ['itm-a-1', 'passage'],
      ['itm-a-2', 'passage'],
    ])
  })
})
