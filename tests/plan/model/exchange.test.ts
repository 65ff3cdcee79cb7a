import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { modelCsv, templateCsv } from '#plan/model/model-csv.ts'
import { readModelFile } from '#plan/model/read-model-file.ts'
import { casePackage } from '#plan/model/write-case.ts'
import { readRules } from '#process/rules-at-start.server.ts'
import { indicatorsOf, type ModelWithPosts } from '#record/capability/model.ts'
import { regroup } from '#record/capability/model-alternative.ts'
import { anyModel } from './arbitrary-model.ts'

const { model, posts, alternatives } = readRules('content')
const ours: ModelWithPosts = { model, posts }
const bytes = (text: string) => new TextEncoder().encode(text)
const read = (file: string | Uint8Array, base = ours) =>
  readModelFile(typeof file === 'string' ? bytes(file) : file, base)
const problemsOf = (file: string | Uint8Array) => {
  const found = read(file)
  return 'problems' in found ? found.problems : []
}
const at = '2026-11-27T00:00:00.000Z'
const formats = {
  csv: modelCsv,
  json: (whole: ModelWithPosts) => JSON.stringify(whole),
  case: (whole: ModelWithPosts) => JSON.stringify(casePackage(whole, at)),
}

test.each(Object.entries(formats))('a model exported as %s and imported again is the same', (_, write) => {
  expect(read(write(ours))).toEqual({ read: ours })
  fc.assert(
    fc.property(anyModel, (whole) => {
      expect(read(write(whole))).toEqual({ read: whole })
    }),
    { numRuns: 60 },
  )
})

let gbk: (text: string) => Uint8Array

beforeAll(() => {
  // Node decodes GBK and does not encode it: the table of two-byte characters is turned round.
  const decoder = new TextDecoder('gb18030')
  const table = new Map<string, [number, number]>()
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++)
      if (trail !== 0x7f) table.set(decoder.decode(new Uint8Array([lead, trail])), [lead, trail])
  gbk = (text) => new Uint8Array([...text].flatMap((sign) => table.get(sign) ?? [sign.charCodeAt(0)]))
})

test('a table saved by Excel in China is read, in GBK as in UTF-8 with a mark', () => {
  const text = modelCsv(ours)
  expect(read(gbk(text.slice(1)))).toEqual({ read: ours })
  expect(read(text.replaceAll('\r\n', '\n'))).toEqual({ read: ours })
  expect(read(text.replaceAll(',', '\t'))).toEqual({ read: ours })
})

test('a table of indicators alone takes the rest from the model in force', () => {
  const lines = modelCsv(ours).split('\r\n')
  const table = lines.slice(lines.findIndex((one) => one.startsWith('方面,'))).join('\r\n')
  expect(read(table)).toEqual({ read: ours })
  const narrow = lines
    .slice(lines.findIndex((one) => one.startsWith('方面,')))
    .map((one) => one.split(',').slice(0, 10).join(','))
  expect(read(narrow.join('\r\n'))).toEqual({ read: ours })
})

test('what a spreadsheet would take for a formula is written as text, and comes back as it was', () => {
  const [first, ...others] = model.dimensions
  const name = '=cmd|"/C calc"!A0'
  const evil = {
    ...ours,
    model: {
      ...model,
      dimensions: [{ ...first!, indicators: [{ ...first!.indicators[0]!, name }] }, ...others],
    },
  }
  const whole = { ...evil, posts: [{ ...posts[0]!, targets: { openness: 3 } }] }
  const csv = modelCsv(whole)
  expect(csv).toContain(`"'=cmd|""/C calc""!A0"`)
  expect(csv).not.toMatch(/(^|,)"?=/m)
  expect(read(csv)).toEqual({ read: whole })
})

test('every fault of a table is named with its row and column and how to mend it', () => {
  const lines = modelCsv(ours).split('\r\n')
  const start = lines.findIndex((one) => one.startsWith('方面,'))
  const row = (line: number, change: (cells: string[]) => void) => {
    const cells = (lines[line] ?? '').split(',')
    change(cells)
    return [...lines.slice(0, line), cells.join(','), ...lines.slice(line + 1)].join('\r\n')
  }
  const at = `第${start + 2}行`
  expect(problemsOf(row(start + 1, (cells) => (cells[3] = 'Not An Id')))).toContain(
    `${at}“指标编号”：指标的编号用小写字母开头，后面用小写字母、数字和连字符。`,
  )
  expect(problemsOf(row(start + 1, (cells) => (cells[6] = '')))).toEqual([`${at}还空着：三级。`])
  expect(problemsOf(row(start + 1, (cells) => (cells[3] = 'openness')))).toContain(
    `第${start + 24}行“指标编号”：指标“openness”写了两次。`,
  )
  expect(problemsOf(row(start + 1, (cells) => (cells[10] = '高')))).toEqual([
    `${at}“目标：驻村第一书记”写的是“高”。写2、3或4，不定目标就空着。`,
  ])
  expect(problemsOf(row(start + 1, (cells) => (cells[10] = '5')))).toEqual([
    `${at}“目标：驻村第一书记”：目标最高四级。`,
  ])
  expect(problemsOf(row(start + 1, (cells) => (cells[9] = 'openness')))).toEqual([
    `${at}“原编号”：“openness”还是模型里的指标，不能又作为原编号。`,
  ])
  expect(problemsOf(row(start + 1, (cells) => (cells[0] = '政治')))).toContain(
    `第${start + 3}行：方面编号“political”前面叫“政治”，这里叫“政治素养”。同一个方面写成一样。`,
  )
  expect(problemsOf(row(start, (cells) => (cells[10] = '目标：镇长')))).toEqual([
    '“目标：镇长”是新的岗位。在列名上面加一行：岗位，镇长，编号，身份类别。',
  ])
  expect(problemsOf(row(start, (cells) => (cells[4] = '第一级')))[0]).toMatch(/^第\d+行多了列：“第一级”。/)
  expect(problemsOf(row(3, (cells) => (cells[1] = '高')))[0]).toMatch(/^第4行“分级线”：.*数字/)
})

test('files that are not a model, are huge, or are broken are refused in words', () => {
  expect(problemsOf('')).toEqual(['文件是空的。请选填好的文件。'])
  expect(problemsOf('x'.repeat(1024 * 1024 + 1))[0]).toMatch(/超过1 MB/)
  expect(problemsOf(new Uint8Array([0x50, 0x4b, 3, 4]))[0]).toMatch(/Excel工作簿/)
  expect(problemsOf(new Uint8Array([0xff, 0xff, 0x80, 0x00]))[0]).toMatch(/编码/)
  expect(problemsOf('工号,姓名\n1,张三')[0]).toMatch(/没有找到列名/)
  expect(problemsOf('方面,"没有关上')[0]).toMatch(/引号不成对/)
  expect(problemsOf(`方面${'\n甲'.repeat(500)}`)[0]).toMatch(/超过400行/)
  expect(problemsOf(','.repeat(900_000))[0]).toMatch(/太长|没有找到/)
  expect(problemsOf('{"model": ')[0]).toMatch(/JSON的写法有误/)
  expect(problemsOf('['.repeat(400_000))[0]).toMatch(/JSON/)
  expect(problemsOf('[]').length).toBeGreaterThan(0)
  expect(problemsOf('{"__proto__": {"model": 1}}').length).toBeGreaterThan(0)
  expect(problemsOf(JSON.stringify({ ...ours, more: 1 }))[0]).toMatch(/more/)
})

type Package = ReturnType<typeof casePackage>

const changed = (change: (one: Package) => void) => {
  const whole = JSON.parse(JSON.stringify(casePackage(ours, at))) as Package
  change(whole)
  return problemsOf(JSON.stringify(whole))
}

test('a package whose items hang in a circle, in the air, too deep or twice is refused by their names', () => {
  const [political, theory, policy] = casePackage(ours, at).CFItems
  const link = (one: Package, child: string, parent: string) => {
    const found = one.CFAssociations.find(({ originNodeURI }) => originNodeURI.identifier === child)
    if (found) found.destinationNodeURI.identifier = parent
  }
  expect(changed((one) => link(one, political!.identifier, theory!.identifier))).toContain(
    '“理论基础”的上级绕成了一圈。改成一级一级往上，最上面是CFDocument。',
  )
  expect(changed((one) => link(one, theory!.identifier, policy!.identifier))).toEqual([
    '“理论基础”在第3层。能力模型只有方面和指标两层，请并到上一层。',
  ])
  expect(changed((one) => link(one, theory!.identifier, 'nowhere'))).toEqual([
    '“理论基础”没有连到CFDocument上。给它一个isChildOf，或删去它。',
  ])
  expect(changed((one) => void one.CFItems.push(theory!))).toEqual([
    'CFItems里有identifier相同的两项。每一项用自己的identifier。',
  ])
  expect(
    changed((one) => void (one.CFRubrics[0]!.CFRubricCriteria[0]!.CFRubricCriterionLevels.length = 3)),
  ).toEqual(['“理论基础”在CFRubrics里的锚点：每项指标写五条锚点，一级到五级。'])
  expect(changed((one) => void ((one.CFItems as unknown) = 'all'))[0]).toMatch(/CFItems/)
})

test("another body's package is read by its coding scheme, with cuts, levels and posts as they are in force", () => {
  const whole = JSON.parse(JSON.stringify(casePackage(ours, at))) as Package
  const bare = {
    ...whole,
    CFDocument: { ...whole.CFDocument, extensions: undefined },
    CFItems: whole.CFItems.map((item, i) => ({
      ...item,
      extensions: undefined,
      ...(i === 1 ? { humanCodingScheme: 'K.CC.1' } : {}),
    })),
  }
  const found = read(JSON.stringify(bare))
  const [first, ...others] = indicatorsOf('read' in found ? found.read.model : model)
  expect(first?.id).toBe(`case-${whole.CFItems[1]?.identifier}`)
  expect(others.map(({ id }) => id)).toEqual(
    indicatorsOf(model)
      .slice(1)
      .map(({ id }) => id),
  )
  expect('read' in found && found.read.posts.map(({ targets }) => Object.keys(targets).length)).toEqual(
    posts.map(() => 23),
  )
})

test('an exported package holds what CASE 1.1 asks for: UUIDs, links to what is there, an ordered tree', () => {
  const whole = casePackage(ours, at)
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
  const items = new Set([whole.CFDocument.identifier, ...whole.CFItems.map(({ identifier }) => identifier)])
  expect([...items].every((id) => uuid.test(id))).toBe(true)
  expect(items.size).toBe(31)
  expect(whole.CFAssociations).toHaveLength(30)
  for (const { originNodeURI, destinationNodeURI } of whole.CFAssociations)
    expect(items.has(originNodeURI.identifier) && items.has(destinationNodeURI.identifier)).toBe(true)
  const everything = JSON.stringify(whole).match(/"identifier":"[^"]+"/g) ?? []
  expect(everything.every((one) => uuid.test(one.slice(14, -1)))).toBe(true)
  expect(casePackage(ours, at)).toEqual(whole)
})

test('the seven abilities hold every indicator of ours once, and import as they are', () => {
  const seven = alternatives.find(({ id }) => id === 'seven-abilities')
  if (seven?.form !== 'regrouping') throw new Error('The seven abilities are gone.')
  const whole = regroup(seven, ours)
  expect(whole.model.dimensions.map(({ name }) => name)).toEqual([
    ...[
      '政治能力',
      '调查研究能力',
      '科学决策能力',
      '改革攻坚能力',
      '应急处突能力',
      '群众工作能力',
      '抓落实能力',
    ],
  ])
  const ids = (one: ModelWithPosts) =>
    indicatorsOf(one.model)
      .map(({ id }) => id)
      .sort()
  expect(ids(whole)).toEqual(ids(ours))
  for (const write of Object.values(formats)) expect(read(write(whole))).toEqual({ read: whole })
})

test('the template of four dimensions is refused until its twenty-three places are filled, and says what is missing', () => {
  const template = alternatives.find(({ id }) => id === 'village-backbone')
  if (template?.form !== 'template') throw new Error('The template is gone.')
  const csv = templateCsv(template, ours)
  expect(template.dimensions.map(({ name }) => name)).toEqual([
    '业务能力',
    '文化素质与实用技能',
    '政治素质',
    '价值观与品质',
  ])
  const lines = csv.split('\r\n')
  const start = lines.findIndex((one) => one.startsWith('方面,'))
  expect(lines.slice(start + 1).filter(Boolean)).toHaveLength(23)
  const empty = '方面、指标、一级、二级、三级、四级、五级'
  const choice = '方面从业务能力、文化素质与实用技能、政治素质、价值观与品质里选'
  expect(problemsOf(csv)).toEqual(
    Array.from({ length: 23 }, (_, i) => `第${start + 2 + i}行还空着：${empty}。${choice}。`),
  )
  const filled = lines.map((one, i) => {
    if (i <= start || one === '') return one
    const { name = '' } = template.dimensions[i % 4] ?? {}
    return [name, '', `第${i}项`, one.split(',')[3], '甲', '乙', '丙', '丁', '戊'].join(',')
  })
  const found = read(filled.join('\r\n'))
  expect('read' in found && found.read.model.dimensions.map(({ id }) => id).sort()).toEqual(
    template.dimensions.map(({ id }) => id).sort(),
  )
  const one = [...filled.slice(0, start + 4), ',,走访,walk,甲,乙,丙,丁,戊', ...filled.slice(start + 4)]
  expect(problemsOf(one.join('\r\n'))).toEqual([`第${start + 5}行还空着：方面。${choice}。`])
})
