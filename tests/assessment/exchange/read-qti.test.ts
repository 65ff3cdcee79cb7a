import { strToU8, unzipSync, strFromU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import type { FoundItem } from '#assessment/exchange/found.ts'
import { readQti, readQtiFile } from '#assessment/exchange/read-qti.ts'
import { writeQti } from '#assessment/exchange/write-qti.ts'
import { samples } from '../../quiz/samples.ts'

const head = '<?xml version="1.0" encoding="UTF-8"?>'
const item = (body: string, declaration = '', identifier = 'q1') =>
  `${head}<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="${identifier}" title="t" adaptive="false" time-dependent="false">${declaration}<qti-item-body>${body}</qti-item-body></qti-assessment-item>`
const declared = (cardinality: string, type: string, values: string[], more = '') =>
  `<qti-response-declaration identifier="RESPONSE" cardinality="${cardinality}" base-type="${type}"><qti-correct-response>${values.map((value) => `<qti-value>${value}</qti-value>`).join('')}</qti-correct-response>${more}</qti-response-declaration>`
const choice = (prompt: string, choices: [string, string][]) =>
  `<qti-choice-interaction response-identifier="RESPONSE" max-choices="1"><qti-prompt>${prompt}</qti-prompt>${choices.map(([id, text]) => `<qti-simple-choice identifier="${id}">${text}</qti-simple-choice>`).join('')}</qti-choice-interaction>`

/** A package of another program. */
function packed(items: Record<string, string>, more: Record<string, string> = {}, resources = ''): Buffer {
  const listed = Object.keys(items).map(
    (href, i) =>
      `<resource identifier="r${i}" type="imsqti_item_xmlv3p0" href="${href}"><file href="${href}"/></resource>`,
  )
  const manifest = `${head}<manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1" identifier="m"><organizations/><resources>${listed.join('')}${resources}</resources></manifest>`
  const files = Object.entries({ 'imsmanifest.xml': manifest, ...items, ...more })
  return Buffer.from(zipSync(Object.fromEntries(files.map(([name, text]) => [name, strToU8(text)]))))
}

const readOne = (xml: string) => readQti(packed({ 'q1.xml': xml }))[0] as FoundItem
const faultsOf = ({ faults }: FoundItem) => faults.map(({ message }) => message)
const refusedBy = (run: () => unknown) => {
  try {
    run()
    return 'was read'
  } catch (error) {
    return (error as Error).message
  }
}

describe('items of another program are read', () => {
  test('a choice, with paragraphs, spaces and feedback as a page shows them', () => {
    const body = `<p>  读一读\n  这段话。</p>${choice('选<em>哪个</em>？', [
      ['ChoiceA', ' 甲 '],
      ['ChoiceB', '<p>乙</p>'],
    ])}`
    expect(readOne(item(body, declared('single', 'identifier', ['ChoiceB'])))).toMatchObject({
      place: 'q1.xml',
      faults: [],
      draft: {
        ...{ kind: 'single', stem: '读一读 这段话。\n选哪个？', key: 'b' },
        options: [
          { id: 'a', text: '甲' },
          { id: 'b', text: '乙' },
        ],
      },
    })
  })

  test('True and False is 判断题; several right ones without a mapping are all or nothing', () => {
    const truth = choice('对不对', [
      ['A', 'True'],
      ['B', 'False'],
    ])
    expect(readOne(item(truth, declared('single', 'identifier', ['B']))).draft).toMatchObject({
      kind: 'true-false',
      key: false,
    })
    const several = choice('哪些', [
      ['A', '甲'],
      ['B', '乙'],
      ['C', '丙'],
    ])
    expect(readOne(item(several, declared('multiple', 'identifier', ['C', 'A']))).draft).toMatchObject({
      ...{ kind: 'multiple', key: ['c', 'a'], credit: 'all-or-nothing' },
    })
    const mapping =
      '<qti-mapping default-value="0"><qti-map-entry map-key="A" mapped-value="0.5"/></qti-mapping>'
    expect(readOne(item(several, declared('multiple', 'identifier', ['A'], mapping))).notes).toEqual([
      '原来的计分办法没有照搬，按选对加分、选错减分计。',
    ])
  })

  test('an order, pairs and a blank; ids that would tell the answer are not taken over', () => {
    const order = `<qti-order-interaction response-identifier="RESPONSE"><qti-prompt>排</qti-prompt>${['a', 'b', 'c'].map((id) => `<qti-simple-choice identifier="${id}">步${id}</qti-simple-choice>`).join('')}</qti-order-interaction>`
    const ordered = readOne(item(order, declared('ordered', 'identifier', ['a', 'b', 'c']))).draft
    expect(ordered).toMatchObject({
      kind: 'order',
      key: ['c', 'b', 'a'],
      steps: [{ id: 'c', text: '步a' }, {}, {}],
    })
    const side = (ids: string[]) =>
      `<qti-simple-match-set>${ids.map((id) => `<qti-simple-associable-choice identifier="${id}" match-max="1">项${id}</qti-simple-associable-choice>`).join('')}</qti-simple-match-set>`
    const match = `<qti-match-interaction response-identifier="RESPONSE"><qti-prompt>配</qti-prompt>${side(['l1', 'l2'])}${side(['r1', 'r2', 'r3'])}</qti-match-interaction>`
    const matched = readOne(item(match, declared('multiple', 'directedPair', ['l1 r3', 'l2 r1'])))
    expect(matched.faults).toEqual([])
    expect(matched.draft).toMatchObject({ kind: 'match', key: { l1: 'c', l2: 'a' } })
    const mapping =
      '<qti-mapping><qti-map-entry map-key="三分之二" mapped-value="1"/><qti-map-entry map-key="2/3" mapped-value="1"/><qti-map-entry map-key="一半" mapped-value="0"/></qti-mapping>'
    const blank = '<p>要<qti-text-entry-interaction response-identifier="RESPONSE"/>以上。</p>'
    expect(readOne(item(blank, declared('single', 'string', ['三分之二'], mapping))).draft).toMatchObject({
      ...{ kind: 'fill-in', stem: '要____以上。', key: { accept: ['三分之二', '2/3'] } },
    })
  })

  test('what is shown after an answer, or stands by default, gives no key away and becomes none', () => {
    const told = `<qti-rubric-block view="candidate"><qti-content-body>选一个。</qti-content-body></qti-rubric-block>${choice(
      '问',
      [
        ['A', '甲<qti-feedback-inline outcome-identifier="F" identifier="A">选对了</qti-feedback-inline>'],
        ['B', '乙'],
      ],
    )}`
    const found = readOne(item(told, declared('single', 'identifier', ['A'])))
    expect(found.draft['options']).toEqual([
      { id: 'a', text: '甲' },
      { id: 'b', text: '乙' },
    ])
    expect(found.draft['rationale']).toBeUndefined()
    expect(found.notes).toEqual(['作答或评分的说明没有读进来。', '选项里的反馈没有读进来，免得透露答案。'])
    const byDefault = declared('single', 'identifier', ['A'])
      .replace('<qti-correct-response>', '<qti-default-value>')
      .replace('</qti-correct-response>', '</qti-default-value>')
    expect(faultsOf(readOne(item(told, byDefault)))).toEqual(['没有答案。'])
  })

  test('a form that is worth a part of the points only is not accepted as right', () => {
    const mapping =
      '<qti-mapping><qti-map-entry map-key="约克" mapped-value="1"/><qti-map-entry map-key="约" mapped-value="0.5"/></qti-mapping>'
    const blank = '<p>是<qti-text-entry-interaction response-identifier="RESPONSE"/>。</p>'
    const found = readOne(item(blank, declared('single', 'string', ['约克'], mapping)))
    expect(found.draft['key']).toEqual({ accept: ['约克'] })
    expect(found.notes).toEqual(['只得部分分的写法没有收：约。'])
  })

  test('one item without a package', () => {
    const xml = item(
      choice('问', [
        ['A', '甲'],
        ['B', '乙'],
      ]),
      declared('single', 'identifier', ['A']),
    )
    expect(readQtiFile(Buffer.from(xml))).toMatchObject([{ draft: { kind: 'single', key: 'a' } }])
    expect(refusedBy(() => readQtiFile(Buffer.from('<html/>')))).toBe('这个XML文件不是QTI 3的题。')
  })
})

describe('what cannot be used is told by name, item by item, and the rest is read', () => {
  test('interactions, pictures, several questions in one, none at all', () => {
    const sound = item(
      choice('问', [
        ['A', '甲'],
        ['B', '乙'],
      ]),
      declared('single', 'identifier', ['A']),
    )
    const found = readQti(
      packed({
        'hotspot.xml': item(
          '<qti-hotspot-interaction response-identifier="RESPONSE"><img src="a.png" alt=""/></qti-hotspot-interaction>',
        ),
        'sound.xml': sound,
        'two.xml': item(
          choice('问', [
            ['A', '甲'],
            ['B', '乙'],
          ]) +
            choice('又问', [
              ['A', '甲'],
              ['B', '乙'],
            ]),
        ),
        'none.xml': item('<p>只有话</p>'),
        'broken.xml': '<qti-assessment-item>',
        'slider.xml': item('<qti-slider-interaction response-identifier="RESPONSE"/>'),
      }),
    ) as FoundItem[]
    expect(found.map((one) => [one.place, faultsOf(one)])).toEqual([
      [
        'hotspot.xml',
        [
          '“qti-hotspot-interaction”（图上选择）这种作答还不能用。',
          '题里有不是文字的内容（img），没有读进来。',
        ],
      ],
      ['sound.xml', []],
      ['two.xml', ['一道题里有2处作答。']],
      ['none.xml', ['题里没有作答的地方。']],
      ['broken.xml', ['文件里的XML坏了，读不下去。']],
      ['slider.xml', ['“qti-slider-interaction”（滑块）这种作答还不能用。']],
    ])
  })

  test('a test, items of QTI 2 and files that are missing', () => {
    const more = `<resource identifier="t" type="imsqti_test_xmlv3p0" href="test.xml"/><resource identifier="o" type="imsqti_item_xmlv2p2" href="old.xml"/><resource identifier="x" type="imsqti_item_xmlv3p0" href="gone.xml"/><resource identifier="w" type="webcontent" href="a.png"/>`
    expect(
      readQti(packed({}, {}, more)).map((one) =>
        one.type === 'item' ? `${one.place} ${faultsOf(one).join()}` : one.text,
      ),
    ).toEqual([
      'test.xml：试卷的结构没有读进来，只读题目。',
      'old.xml：imsqti_item_xmlv2p2不是QTI 3的题，没有读进来。',
      'gone.xml 清单里有这道题，题包里却没有。',
    ])
  })
})

describe('what may do harm is refused', () => {
  const dtd = '<!DOCTYPE x [<!ENTITY a "甲">]>'
  test.each([
    ['in UTF-8', strToU8(`${head}${dtd}<x>&a;</x>`)],
    ['in UTF-8 with a mark', strToU8(`\uFEFF${dtd}<x>&a;</x>`)],
    ['in UTF-16 with a mark', Buffer.from(`\uFEFF${dtd}<x/>`, 'utf16le')],
    ['in UTF-16 without a mark', Buffer.from(`${dtd}<x/>`, 'utf16le')],
    ['in UTF-16, the other way round', Buffer.from(`\uFEFF${dtd}<x/>`, 'utf16le').swap16()],
    ['an entity alone', strToU8('<x><!ENTITY a "b"></x>')],
  ])('a document type %s', (_, bytes) => {
    const file = Buffer.from(zipSync({ 'imsmanifest.xml': bytes as Uint8Array }))
    expect(refusedBy(() => readQti(file))).toBe('QTI题包里有不该有的内容（DTD），没有读。')
    const inItem = Buffer.from(
      zipSync({ 'imsmanifest.xml': strToU8('<manifest/>'), 'q.xml': bytes as Uint8Array }),
    )
    expect(refusedBy(() => readQti(inItem))).toContain('DTD')
  })

  test('entities that were never declared, depth without end, too much inside, no manifest', () => {
    expect(faultsOf(readOne('<x>&unknown;</x>'))).toEqual(['文件里有XML不认识的符号，如&nbsp;。'])
    expect(faultsOf(readOne('<a>'.repeat(5000)))).toEqual(['文件里的XML太深或太大，没有读。'])
    expect(refusedBy(() => readQti(packed({ 'q.xml': `<x>${' '.repeat(60_000_000)}</x>` })))).toContain(
      '内容太多',
    )
    expect(refusedBy(() => readQti(Buffer.from(zipSync({ 'x.xml': strToU8('<x/>') }))))).toContain(
      'imsmanifest.xml',
    )
    expect(refusedBy(() => readQti(Buffer.from('PK nothing')))).toContain('坏了')
  })
})

test('what we write names the standard’s places, and our key stands only in them', () => {
  const { bytes } = writeQti([samples.multiple, samples['true-false']], {
    indicator: () => '微权力',
    source: () => null,
  })
  const files = Object.fromEntries(
    Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]),
  )
  expect(Object.keys(files)).toEqual([
    'imsmanifest.xml',
    'items/itm-multiple.xml',
    'items/itm-true-false.xml',
  ])
  expect(files['imsmanifest.xml']).toContain(
    '<schema>QTI Package</schema><schemaversion>3.0.0</schemaversion>',
  )
  expect(files['imsmanifest.xml']).toContain('<lom:id>small-powers</lom:id>')
  expect(files['items/itm-multiple.xml']).toContain(
    '<qti-mapping default-value="0" lower-bound="0"><qti-map-entry map-key="a" mapped-value="1"/>',
  )
  expect(files['items/itm-true-false.xml']).toContain('<qti-value>false</qti-value>')
})
