// Reads a QTI 3 package, ours or another program's: what is a choice, an order, a match or a blank becomes an item, all
// else is told by name. Runs in a thread of its own.
import { fault, type Found } from '#assessment/exchange/found.ts'
import { readQtiItem } from '#assessment/exchange/read-qti-item.ts'
import { itemType, lomDifficulties, manifestName } from '#assessment/exchange/qti-words.ts'
import type { Lettered } from '#assessment/exchange/lettered.ts'
import { allXml, findXml, parseXml, wordsOf, type Xml } from '#assessment/exchange/xml.ts'
import { UnreadableFile } from '#sheet/limits.ts'
import { unpack } from '#sheet/unpack.ts'
import { xmlText } from '#sheet/xml-text.ts'

const what = 'QTI题包'

/** What the manifest says of an item. */
export type Described = Pick<
  Lettered,
  'revision' | 'difficulty' | 'indicator' | 'source' | 'passage' | 'credit'
>

/** @throws UnreadableFile if it is no package, or has no manifest. */
export function readQti(bytes: Buffer): Found[] {
  const parts = unpack(bytes, { what, program: '原来的软件' })
  const manifest = parts.get(manifestName)
  if (!manifest)
    throw new UnreadableFile(
      '压缩包里没有imsmanifest.xml，不是QTI题包。',
      '在原来的软件里重新导出QTI 3题包，不要解开再压。',
    )
  const resources = allXml(parseXml(xmlText(manifest, what)), ({ name }) => name === 'resource')
  return resources.flatMap((resource) => fromResource(resource, parts))
}

/** One item that is not in a package. @throws UnreadableFile if it is none. */
export function readQtiFile(bytes: Buffer): Found[] {
  const root = parseXml(xmlText(bytes, what))
  if (root.name !== 'qti-assessment-item')
    throw new UnreadableFile('这个XML文件不是QTI 3的题。', '上传QTI 3的题包（.zip），或单独一道题的.xml。')
  return [readQtiItem(root, {}, '这个文件')]
}

function fromResource({ attributes, children }: Xml, parts: Map<string, Buffer>): Found[] {
  const { type = '', href = '', identifier = '' } = attributes
  const name = href || identifier
  if (!type.startsWith('imsqti_')) return []
  if (type !== itemType) {
    const text = type.includes('_test_')
      ? `${name}：试卷的结构没有读进来，只读题目。`
      : `${name}：${type}不是QTI 3的题，没有读进来。`
    return [{ type: 'passed-over', place: name, text }]
  }
  const part = parts.get(href)
  if (!part) return [missing(name)]
  const metadata = children.find((one) => one.name === 'metadata')
  try {
    return [readQtiItem(parseXml(xmlText(part, what)), metadata ? described(metadata) : {}, name)]
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    return [{ ...missing(name), faults: [fault(error.message, error.hint)] }]
  }
}

const missing = (name: string) => ({
  ...{ type: 'item' as const, place: name, draft: {}, written: { as: 'text' as const, text: '1. ' } },
  faults: [fault('清单里有这道题，题包里却没有。', '在原来的软件里重新导出，或在这里写上这道题。')],
})

function described(metadata: Xml): Described {
  const words = (path: string[]): string | undefined => {
    const node = path.reduce<Xml | null>((from, name) => from && findXml(from, name), metadata)
    return node ? wordsOf(node).trim() : undefined
  }
  const version = words(['lifeCycle', 'version'])
  const difficulty = words(['difficulty', 'value'])
  const known = Object.entries(lomDifficulties).find(([, value]) => value === difficulty)?.[0]
  const loose = difficulty === 'very easy' ? 'easy' : difficulty === 'very difficult' ? 'hard' : undefined
  const credit = allXml(metadata, ({ name, uri }) => name === 'item' && uri === 'urn:lianxue:items:1')[0]
  const basis = allXml(metadata, ({ name }) => name === 'relation').find((one) =>
    wordsOf(findXml(one, 'kind') ?? one).includes('isbasedon'),
  )
  const competency = allXml(metadata, ({ name }) => name === 'classification').find((one) =>
    wordsOf(findXml(one, 'purpose') ?? one).includes('competency'),
  )
  const within = (node: Xml | undefined, name: string) => {
    const found = node && findXml(node, name)
    return found ? wordsOf(found).trim() : undefined
  }
  return {
    revision: version && /^\d{1,6}$/.test(version) ? Number(version) : undefined,
    difficulty: known ?? loose,
    indicator: within(competency && (findXml(competency, 'taxon') ?? undefined), 'id'),
    source: within(basis && (findXml(basis, 'resource') ?? undefined), 'entry'),
    passage: within(basis && (findXml(basis, 'resource') ?? undefined), 'description'),
    credit: credit?.attributes['credit'],
  }
}
