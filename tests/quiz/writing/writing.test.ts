import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kinds } from '#quiz/kinds/registry.ts'
import { grade } from '#quiz/grade.ts'
import { Item } from '#quiz/question.ts'
import { emptyFields, toFields, withKind, type ItemFields, type WrittenItem } from '#quiz/writing/fields.ts'
import { blankRows, formKinds, freeId, isFormKind, type FormKind } from '#quiz/writing/form-kinds.ts'
import { nextItemId, toItem, withRevision } from '#quiz/writing/to-item.ts'
import { wrongFields } from '#quiz/writing/wrong-fields.ts'
import { items } from '../samples.ts'

const every = Object.keys(formKinds).filter(isFormKind)
const filled = { indicator: 'openness', passage: '原文一句。', stem: '问什么？', rationale: '因为。' }

/** A form as an author fills it in, from the top down. */
function filledIn(kind: FormKind, more: Partial<ItemFields> = {}): ItemFields {
  const fields = { ...emptyFields('itm-a-1', kind), ...filled }
  return {
    ...fields,
    stem: kind === 'fill-in' ? '天知，____。' : fields.stem,
    options: fields.options.map((one, i) => ({ ...one, text: `选项${i}`, right: i === 2 })),
    holds: true,
    accept: ['神知', ' '],
    steps: fields.steps.map((one, i) => ({ ...one, text: `第${i}步` })),
    pairs: fields.pairs.map((one, i) => ({ ...one, text: `左${i}`, answer: `右${i}` })),
    points: fields.points.map((one, i) => ({ ...one, text: `要点${i}` })),
    model: '写得好。',
    ...more,
  }
}

test('the forms call the kinds as everybody else does', () => {
  for (const kind of every) expect(formKinds[kind].name).toBe(kinds[kind].name)
  expect(Object.keys(kinds).filter((kind) => !isFormKind(kind))).toEqual(['scenario', 'procedure'])
})

test('an item that goes through its form comes back the same; kinds without a form have none', () => {
  for (const item of items) {
    const fields = toFields(item as WrittenItem)
    expect(fields && Item.parse(toItem(fields))).toEqual(isFormKind(item.kind) ? item : null)
  }
})

describe('what an author fills in', () => {
  test.each(every)('is a sound item of the kind %s, and its key is right', (kind) => {
    const fields = filledIn(kind)
    expect(wrongFields(fields, 'bank')).toEqual({ source: '选原文出自哪份资料。' })
    const item = Item.parse(toItem(fields))
    expect(toFields(item as WrittenItem)).toMatchObject({ kind, stem: fields.stem })
    if (kind === 'single')
      expect(grade(item, { kind: 'single', choice: 'c' })).toMatchObject({ earned: 1, possible: 1 })
  })

  test('says its right order whatever ids the parts have, and ids never tell the order', () => {
    const item = Item.parse(toItem(filledIn('order')))
    expect(toFields(item as WrittenItem)?.steps.map(({ text }) => text)).toEqual([
      '第0步',
      '第1步',
      '第2步',
      '第3步',
    ])
    const pairs = toFields(Item.parse(toItem(filledIn('match', { spare: ['多的'] }))) as WrittenItem)
    expect(pairs?.pairs.map(({ text, answer }) => [text, answer])).toEqual([
      ['左0', '右0'],
      ['左1', '右1'],
      ['左2', '右2'],
    ])
    expect(pairs?.spare).toEqual(['多的'])
  })

  test('what the form finds in order, the library takes', () => {
    const text = fc.oneof(fc.constantFrom('', ' ', '甲', '乙 ', '____', '。', '是____吗'), fc.string())
    const part = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), text })
    const list = <T>(one: fc.Arbitrary<T & { id: string }>) =>
      fc.uniqueArray(one, { maxLength: 5, selector: ({ id }) => id })
    const form = fc.record({
      ...{ kind: fc.constantFrom(...every), stem: text, passage: text, rationale: text, model: text },
      options: list(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), text, right: fc.boolean() })),
      ...{ steps: list(part), spare: fc.array(text, { maxLength: 4 }), accept: fc.array(text) },
      holds: fc.constantFrom(true, false, null),
      pairs: list(fc.record({ id: fc.constantFrom('l1', 'l2', 'l3', 'l4'), text, answer: text })),
      points: list(
        fc.record({ id: fc.constantFrom('r1', 'r2'), text, points: fc.integer({ min: 0, max: 12 }) }),
      ),
      longest: fc.constantFrom(10, 300, 2000),
    })
    let sound = 0
    fc.assert(
      fc.property(form, (more) => {
        const fields = { ...emptyFields('itm-a-1', more.kind), ...more, indicator: 'openness' }
        if (Object.keys(wrongFields(fields, 'lesson')).length > 0) return
        sound++
        const parsed = Item.safeParse(toItem(fields))
        expect(parsed.error?.issues ?? []).toEqual([])
      }),
      { numRuns: 3000 },
    )
    expect(sound).toBeGreaterThan(10)
  })
})

describe('what is missing', () => {
  test.each([
    ['single', { options: [] }, { parts: '至少写2项。', key: '点一下对的那一项。' }],
    ['multiple', { stem: ' ' }, { stem: '写上题干，问一件事。' }],
    ['true-false', { holds: null }, { key: '选这句话是对还是错。' }],
    ['fill-in', { stem: '没有空' }, { stem: '题干里还没有空。在要填的地方写“____”（四个下划线）。' }],
    ['fill-in', { accept: ['。'] }, { key: '答案里要有字，不能只有标点。' }],
    ['order', { steps: [] }, { parts: '至少写3项。' }],
    ['match', { pairs: [{ id: 'l1', text: '甲', answer: '' }] }, { parts: '至少写2项。' }],
    ['short-answer', {}, { kind: '课文里的题当场就要有结果，请换一种题型。' }],
  ] as const)('of a %s is said beside its field', (kind, more, wrong) => {
    expect(wrongFields(filledIn(kind, more as unknown as Partial<ItemFields>), 'lesson')).toEqual(wrong)
  })

  test('names the rows that are empty or the same', () => {
    const rows = (...texts: string[]) => ({
      options: texts.map((text, i) => ({ id: `${i}`, text, right: true })),
    })
    expect(wrongFields(filledIn('single', rows('甲', '')), 'lesson').parts).toBe('第2项还空着，写上或删去。')
    expect(wrongFields(filledIn('single', rows('甲', '乙', '甲 ')), 'lesson').parts).toBe(
      '第1项和第3项一样，改一项。',
    )
  })
})

describe('another kind', () => {
  test('keeps what was written, and one right option where only one can be right', () => {
    const many = filledIn('multiple')
    many.options = many.options.map((one) => ({ ...one, right: true }))
    const one = withKind(many, 'single')
    expect(one.options.map(({ text, right }) => [text, right])).toEqual([
      ['选项0', true],
      ['选项1', false],
      ['选项2', false],
      ['选项3', false],
    ])
    expect(withKind(one, 'order')).toMatchObject({ stem: one.stem, options: one.options })
    expect(blankRows('match', emptyFields('itm-a-1', 'single')).pairs).toHaveLength(3)
  })
})

describe('ids', () => {
  test('of a lesson are never given twice, though the item be gone', () => {
    expect(nextItemId('lsn-sizhi', [])).toBe('itm-sizhi-1')
    expect(nextItemId('lsn-sizhi', ['itm-sizhi-2', 'itm-sizhi-9', 'itm-sizhi-x', 'itm-sizhi-1-40'])).toBe(
      'itm-sizhi-10',
    )
  })

  test('of parts are the first that is free', () => {
    expect(freeId('', ['a', 'c'])).toBe('b')
    expect(freeId('l', ['l1'])).toBe('l2')
  })
})

describe('the revision', () => {
  const opened: WrittenItem = { id: 'itm-a-1', kind: 'single', revision: 3, stem: '问' }

  test('grows by one when a published question is changed, once', () => {
    const changed = withRevision({ ...opened, stem: '另问' }, opened, 3)
    expect(changed['revision']).toBe(4)
    expect(withRevision({ ...changed, stem: '再问' }, opened, 3)['revision']).toBe(4)
  })

  test('is again what it was when the question is again what it was', () => {
    expect(withRevision({ ...opened, revision: 4 }, opened, 3)['revision']).toBe(3)
  })

  test('stays 1 while a question was never published', () => {
    const fresh = { ...opened, revision: 1 }
    expect(withRevision({ ...fresh, stem: '另问' }, fresh, undefined)['revision']).toBe(1)
    expect(withRevision(fresh, undefined, undefined)['revision']).toBe(1)
  })
})
