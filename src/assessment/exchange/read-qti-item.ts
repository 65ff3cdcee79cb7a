// One QTI 3 item as an item of ours: the interaction, its answer, its words. What is not supported is said by its name.
import { fault, type Fault, type FoundItem } from '#assessment/exchange/found.ts'
import { mostParts } from '#assessment/exchange/columns.ts'
import { nothing } from '#assessment/exchange/fields.ts'
import { letterOf, toDraft, type Lettered } from '#assessment/exchange/lettered.ts'
import { idOf, idOfSide, toolName } from '#assessment/exchange/qti-words.ts'
import { truthIn } from '#assessment/exchange/read-answer.ts'
import type { Described } from '#assessment/exchange/read-qti.ts'
import { pieceOf } from '#assessment/exchange/write-text.ts'
import { allXml, findXml, wordsOf, type Xml } from '#assessment/exchange/xml.ts'

const supported = [
  'qti-choice-interaction',
  'qti-order-interaction',
  'qti-match-interaction',
  'qti-text-entry-interaction',
]

const interactionNames: Record<string, string> = {
  associate: '两两关联',
  custom: '自定义',
  drawing: '画图',
  'end-attempt': '结束作答',
  'extended-text': '写一段话',
  'gap-match': '选词填空',
  'graphic-associate': '图上关联',
  'graphic-gap-match': '图上填空',
  'graphic-order': '图上排序',
  hotspot: '图上选择',
  hottext: '文中选择',
  'inline-choice': '行内选择',
  media: '播放',
  'portable-custom': '自定义',
  'position-object': '图上摆放',
  'select-point': '图上点选',
  slider: '滑块',
  upload: '上传文件',
}

/** Content that is no text, by its element. */
const pictures = [
  'img',
  'picture',
  'object',
  'audio',
  'video',
  'math',
  'svg',
  'iframe',
  'include',
  'qti-stimulus-body',
]

/** @param place where it stands, in Chinese or as the name of a file. */
export function readQtiItem(root: Xml, described: Described, place: string): FoundItem {
  const own = root.attributes['tool-name'] === toolName
  const identifier = root.attributes['identifier'] ?? ''
  const body = findXml(root, 'qti-item-body')
  const one: Lettered = {
    ...nothing(),
    ...described,
    ...(/^itm-/.test(identifier) && { id: identifier }),
    rationale: rationaleOf(root, own),
  }
  const faults: Fault[] = []
  const notes = body && !own ? notesOn(body) : []
  const found = body ? allXml(body, ({ name }) => /^qti-[a-z-]+-interaction$/.test(name)) : []
  const [interaction] = found
  for (const name of new Set(found.map((each) => each.name)))
    if (!supported.includes(name)) faults.push(unsupported(name))
  const shown = new Set(
    body ? allXml(body, ({ name }) => pictures.includes(name)).map(({ name }) => name) : [],
  )
  if (shown.size > 0)
    faults.push(
      fault(
        `题里有不是文字的内容（${[...shown].join('、')}），没有读进来。`,
        '把它的意思写进题干，或不用这道题。',
      ),
    )
  if (found.length > 1)
    faults.push(fault(`一道题里有${found.length}处作答。`, '拆成几道题，一道题一处作答。'))
  if (!interaction) faults.push(fault('题里没有作答的地方。', '写上题型、选项和答案，或不用这道题。'))
  if (body) one.stem = stemOf(body, interaction ?? null, own)
  const readable = faults.length === 0 && interaction !== undefined
  if (readable) takeInteraction(one, { root, interaction, own, faults, notes })
  const { draft, faults: wrong } = faults.length > 0 ? { draft: {}, faults: [] } : toDraft(one)
  return {
    ...{ type: 'item', place, draft, faults: [...faults, ...wrong], written: pieceOf(one) },
    ...(notes.length > 0 && { notes }),
  }
}

/** Only feedback explains: instructions to people who answer or grade are none. */
function rationaleOf(root: Xml, own: boolean): string | undefined {
  const feedback = findXml(root, 'qti-modal-feedback')
  return (feedback && sayAll(findXml(feedback, 'qti-content-body') ?? feedback, own)) || undefined
}

/** What is read otherwise than a page shows it. */
const unsaid: Record<string, string> = {
  'qti-rubric-block': '作答或评分的说明没有读进来。',
  'qti-feedback-inline': '选项里的反馈没有读进来，免得透露答案。',
  'qti-feedback-block': '题里的反馈没有读进来，免得透露答案。',
  sup: '上标读成了普通的字，请核对。',
  sub: '下标读成了普通的字，请核对。',
}

const notesOn = (body: Xml) =>
  Object.entries(unsaid).flatMap(([name, note]) => (findXml(body, name) ? [note] : []))

function unsupported(name: string): Fault {
  const short = name.slice('qti-'.length, -'-interaction'.length)
  const chinese = Object.hasOwn(interactionNames, short) ? `（${interactionNames[short]}）` : ''
  return fault(`“${name}”${chinese}这种作答还不能用。`, '改成单选、多选、排序、配对或填空，或不用这道题。')
}

/** Words of an element: ours letter by letter, others' with spaces as a page shows them. */
function sayAll(node: Xml | null, own: boolean, skip: ReadonlySet<string> = new Set()): string {
  if (!node) return ''
  const words = flowOf(node, own, skip)
  if (own) return words
  return words
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
}

const blocks = ['p', 'div', 'li', 'tr', 'h1', 'h2', 'h3', 'h4', 'blockquote', 'qti-prompt', 'section']

function flowOf(node: Xml, own: boolean, skip: ReadonlySet<string>): string {
  return node.content
    .map((one) => {
      if (typeof one === 'string') return own ? one : one.replace(/\s+/g, ' ')
      if (one.name === 'br') return '\n'
      if (one.name === 'qti-text-entry-interaction') return '_'.repeat(blankOf(one, own))
      if (skip.has(one.name) || feedback.has(one.name)) return ''
      const words = flowOf(one, own, skip)
      return !own && blocks.includes(one.name) ? `\n${words}\n` : words
    })
    .join('')
}

function blankOf({ attributes }: Xml, own: boolean): number {
  const length = Number(attributes['expected-length'])
  return own && Number.isInteger(length) && length >= 4 && length <= 600 ? length : 4
}

/** Shown after an answer only: in an option it would tell the key. */
const feedback = new Set(['qti-feedback-inline', 'qti-feedback-block'])

const answered = new Set(['qti-simple-choice', 'qti-simple-match-set', 'qti-rubric-block'])

function stemOf(body: Xml, interaction: Xml | null, own: boolean): string {
  if (own && interaction && interaction.name !== 'qti-text-entry-interaction')
    return sayAll(findXml(interaction, 'qti-prompt'), true)
  return sayAll(body, own, answered)
}

type Reading = { root: Xml; interaction: Xml; own: boolean; faults: Fault[]; notes: string[] }

function takeInteraction(one: Lettered, reading: Reading) {
  const { root, interaction, own, faults } = reading
  const id = interaction.attributes['response-identifier']
  const declaration = allXml(root, ({ name }) => name === 'qti-response-declaration').find(
    ({ attributes }) => attributes['identifier'] === id,
  )
  const response = declaration && findXml(declaration, 'qti-correct-response')
  const correct = response ? allXml(response, ({ name }) => name === 'qti-value').map(wordsOf) : []
  if (interaction.name === 'qti-text-entry-interaction') return takeBlank(one, declaration, correct, reading)
  if (interaction.name === 'qti-match-interaction') return takePairs(one, reading, correct)
  const choices = partsIn(interaction, 'qti-simple-choice')
  if (choices.length > mostParts)
    faults.push(fault(`选项有${choices.length}个。`, `最多${mostParts}个，请删去几个。`))
  one.options = choices.map((choice) => sayAll(choice, own))
  const places = correct.map((value) =>
    choices.findIndex(({ attributes }) => attributes['identifier'] === value.trim()),
  )
  one.answer = places.every((place) => place >= 0) ? places.map(letterOf).join('') : ''
  if (interaction.name === 'qti-order-interaction') one.kind = 'order'
  else takeChoice(one, reading, declaration)
  if (own && one.kind !== 'true-false')
    one.ids = choices.map(({ attributes }) => idOf(attributes['identifier'] ?? ''))
}

const partsIn = (node: Xml, part: string) => allXml(node, ({ name }) => name === part)

function takeChoice(one: Lettered, { interaction, own, notes }: Reading, declaration: Xml | undefined) {
  const names = partsIn(interaction, 'qti-simple-choice').map(({ attributes }) => attributes['identifier'])
  const truths = one.options.map((text) => truthIn(text))
  const isTruth = own
    ? names.join() === 'true,false'
    : truths.length === 2 && truths[0] !== null && truths[0] === !truths[1]
  one.kind =
    declaration?.attributes['cardinality'] === 'multiple' ? 'multiple' : isTruth ? 'true-false' : 'single'
  if (one.kind !== 'multiple' || own) return
  const mapping = declaration && findXml(declaration, 'qti-mapping')
  if (!mapping) one.credit = 'all-or-nothing'
  else notes.push('原来的计分办法没有照搬，按选对加分、选错减分计。')
}

function takeBlank(
  one: Lettered,
  declaration: Xml | undefined,
  correct: string[],
  { own, notes }: Pick<Reading, 'own' | 'notes'>,
) {
  const entries = declaration ? allXml(declaration, ({ name }) => name === 'qti-map-entry') : []
  const worth = ({ attributes }: Xml) => Number(attributes['mapped-value'])
  const most = Math.max(0, ...entries.map(worth))
  const keyOf = ({ attributes }: Xml) => attributes['map-key'] ?? ''
  const mapped = entries.filter((each) => worth(each) > 0 && worth(each) === most).map(keyOf)
  const partly = entries.filter((each) => worth(each) > 0 && worth(each) < most).map(keyOf)
  if (partly.length > 0) notes.push(`只得部分分的写法没有收：${partly.join('、').slice(0, 60)}。`)
  one.kind = 'fill-in'
  one.accept = own ? mapped : [...new Set([...correct, ...mapped].map((form) => form.trim()))].filter(Boolean)
}

function takePairs(one: Lettered, { interaction, own, faults }: Reading, correct: string[]) {
  const [left = [], right = []] = partsIn(interaction, 'qti-simple-match-set').map((set) =>
    partsIn(set, 'qti-simple-associable-choice'),
  )
  if (Math.max(left.length, right.length) > mostParts)
    faults.push(
      fault(`配对的一边有${Math.max(left.length, right.length)}项。`, `最多${mostParts}项，请删去几项。`),
    )
  const nameOf = ({ attributes }: Xml) => attributes['identifier'] ?? ''
  one.kind = 'match'
  one.left = left.map((part) => sayAll(part, own))
  one.options = right.map((part) => sayAll(part, own))
  const strange: string[] = []
  one.answer = correct
    .map((pair) => {
      const [from = '', to = ''] = pair.trim().split(/\s+/)
      const places = [
        left.findIndex((part) => nameOf(part) === from),
        right.findIndex((part) => nameOf(part) === to),
      ]
      if (places.includes(-1)) strange.push(pair.trim().slice(0, 40))
      return `${(places[0] ?? -1) + 1}-${letterOf(places[1] ?? -1)}`
    })
    .join('，')
  if (strange.length > 0) {
    one.answer = ''
    faults.push(fault(`答案里的“${strange.join('、')}”不是左边一项配右边一项。`, '照左右两边重新写答案。'))
  }
  if (own) one.ids = [...left, ...right].map((part) => idOfSide(nameOf(part)))
}
