// Items as a QTI 3 package: a manifest, and a file for each item. Same items, same bytes.
import { strToU8, zipSync } from 'fflate'
import {
  identifierOf,
  itemType,
  leftIdentifier,
  lomDifficulties,
  manifestName,
  namespaces,
  rightIdentifier,
  toolName,
} from '#assessment/exchange/qti-words.ts'
import { xmlEscape } from '#assessment/exchange/xml.ts'
import type { Names } from '#assessment/exchange/write-text.ts'
import type { Part } from '#quiz/kinds/kind.ts'
import { kinds, type ItemOf } from '#quiz/kinds/registry.ts'
import type { Item } from '#quiz/question.ts'

/** An item that QTI 3 cannot hold, and why, in Chinese. */
export type LeftOut = { item: Item; why: string }

type Held = ItemOf<'single' | 'multiple' | 'true-false' | 'order' | 'match' | 'fill-in'>

const head = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** The package, and what it does not hold. */
export function writeQti(items: readonly Item[], names: Names): { bytes: Uint8Array; left: LeftOut[] } {
  const left: LeftOut[] = []
  const held = items.filter((item): item is Held => {
    const why = whyNot(item)
    if (why !== null) left.push({ item, why })
    return why === null
  })
  const files: Record<string, string> = {
    [manifestName]: manifest(held, left, names),
    ...Object.fromEntries(held.map((item) => [hrefOf(item), head + itemXml(item)])),
  }
  if (left.length > 0) files[leftName] = left.map(({ item, why }) => `${item.id}：${why}`).join('\n')
  const bytes = zipSync(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])),
    { level: 6, mtime: '1980-01-01T00:00:00' },
  )
  return { bytes, left }
}

const leftName = 'not-exported.txt'
const hrefOf = ({ id }: Item) => `items/${id}.xml`

/** Characters that XML 1.0 does not have (2.2). */
const notXml = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/u

/** Why QTI 3 cannot hold an item; null if it can. */
export function whyNot(item: Item): string | null {
  if (item.kind === 'scenario' || item.kind === 'procedure' || item.kind === 'short-answer')
    return `${kinds[item.kind].name}不能写成QTI，请用JSON导出。`
  return stringsOf(item).some((text) => notXml.test(text)) ? '里面有XML写不了的字符，请用JSON导出。' : null
}

const stringsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : []
}

const attributes = (values: Record<string, string | number | undefined>) =>
  Object.entries(values)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${xmlEscape(String(value))}"`))
    .join('')

/** Words with their line ends. */
const flow = (text: string) => text.split('\n').map(xmlEscape).join('<br/>')

function itemXml(item: Held): string {
  const title = [...item.stem.replace(/\s+/g, ' ')].slice(0, 60).join('')
  const about = attributes({
    xmlns: namespaces.item,
    identifier: item.id,
    title,
    adaptive: 'false',
    'time-dependent': 'false',
    'xml:lang': 'zh-CN',
    'tool-name': toolName,
    'tool-version': '1',
  })
  const { declaration, body, score } = interactionOf(item)
  return `<qti-assessment-item${about}>
${declaration}
<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"><qti-default-value><qti-value>0</qti-value></qti-default-value></qti-outcome-declaration>
<qti-outcome-declaration identifier="FEEDBACK" cardinality="single" base-type="identifier"/>
<qti-item-body>${body}</qti-item-body>
<qti-response-processing>${score}<qti-set-outcome-value identifier="FEEDBACK"><qti-base-value base-type="identifier">RATIONALE</qti-base-value></qti-set-outcome-value></qti-response-processing>
<qti-modal-feedback outcome-identifier="FEEDBACK" identifier="RATIONALE" show-hide="show"><qti-content-body>${flow(item.rationale)}</qti-content-body></qti-modal-feedback>
</qti-assessment-item>
`
}

type Interaction = { declaration: string; body: string; score: string }

const setScore = (value: string) =>
  `<qti-set-outcome-value identifier="SCORE">${value}</qti-set-outcome-value>`
const matchCorrect = `<qti-response-condition><qti-response-if><qti-match><qti-variable identifier="RESPONSE"/><qti-correct identifier="RESPONSE"/></qti-match>${setScore('<qti-base-value base-type="float">1</qti-base-value>')}</qti-response-if></qti-response-condition>`
const mapResponse = '<qti-map-response identifier="RESPONSE"/>'

type Mapping = { entries: [string, number][]; bounds?: Record<string, number>; fold?: boolean }

function declare(cardinality: string, type: string, correct: readonly string[], mapping?: Mapping): string {
  const values = correct.map((value) => `<qti-value>${xmlEscape(value)}</qti-value>`).join('')
  const entries = mapping?.entries.map(
    ([key, points]) =>
      `<qti-map-entry${attributes({ 'map-key': key, 'mapped-value': points, ...(mapping.fold && { 'case-sensitive': 'false' }) })}/>`,
  )
  const map = entries
    ? `<qti-mapping${attributes({ 'default-value': 0, ...mapping?.bounds })}>${entries.join('')}</qti-mapping>`
    : ''
  return `<qti-response-declaration${attributes({ identifier: 'RESPONSE', cardinality, 'base-type': type })}><qti-correct-response>${values}</qti-correct-response>${map}</qti-response-declaration>`
}

const prompt = (stem: string) => `<qti-prompt>${flow(stem)}</qti-prompt>`

function choices(name: string, stem: string, parts: readonly Part[], more: Record<string, string | number>) {
  const each = parts.map(
    ({ id, text }) => `<qti-simple-choice identifier="${id}">${flow(text)}</qti-simple-choice>`,
  )
  const about = attributes({ 'response-identifier': 'RESPONSE', ...more })
  return `<${name}${about}>${prompt(stem)}${each.join('')}</${name}>`
}

const identified = (parts: readonly Part[]) => parts.map(({ id, text }) => ({ id: identifierOf(id), text }))

function interactionOf(item: Held): Interaction {
  switch (item.kind) {
    case 'single':
      return {
        declaration: declare('single', 'identifier', [identifierOf(item.key)]),
        body: choices('qti-choice-interaction', item.stem, identified(item.options), { 'max-choices': 1 }),
        score: matchCorrect,
      }
    case 'true-false': {
      const parts = [
        { id: 'true', text: '对' },
        { id: 'false', text: '错' },
      ]
      return {
        declaration: declare('single', 'identifier', [String(item.key)]),
        body: choices('qti-choice-interaction', item.stem, parts, { 'max-choices': 1 }),
        score: matchCorrect,
      }
    }
    case 'multiple':
      return multiple(item)
    case 'order':
      return {
        declaration: declare('ordered', 'identifier', item.key.map(identifierOf)),
        body: choices('qti-order-interaction', item.stem, identified(item.steps), { shuffle: 'true' }),
        score: matchCorrect,
      }
    case 'match':
      return match(item)
    case 'fill-in':
      return fillIn(item)
  }
}

function multiple({ stem, options, key, credit }: ItemOf<'multiple'>): Interaction {
  const entries = options.map(({ id }): [string, number] => [identifierOf(id), key.includes(id) ? 1 : -1])
  const wrong = options.length - key.length
  const correct = key.map(identifierOf)
  const body = choices('qti-choice-interaction', stem, identified(options), { 'max-choices': 0 })
  if (credit === 'all-or-nothing')
    return { declaration: declare('multiple', 'identifier', correct), body, score: matchCorrect }
  if (credit === 'each-option') {
    const untouched = `<qti-base-value base-type="float">${wrong}</qti-base-value>`
    return {
      declaration: declare('multiple', 'identifier', correct, { entries }),
      body,
      score: setScore(`<qti-sum>${mapResponse}${untouched}</qti-sum>`),
    }
  }
  const bounds = { 'lower-bound': 0 }
  return {
    declaration: declare('multiple', 'identifier', correct, { entries, bounds }),
    body,
    score: setScore(mapResponse),
  }
}

function match({ stem, left, right, key }: ItemOf<'match'>): Interaction {
  const pairs = left.map(({ id }) => `${leftIdentifier(id)} ${rightIdentifier(key[id] ?? '')}`)
  const side = (parts: readonly Part[], name: (id: string) => string, most: number) =>
    `<qti-simple-match-set>${parts.map(({ id, text }) => `<qti-simple-associable-choice identifier="${name(id)}" match-max="${most}">${flow(text)}</qti-simple-associable-choice>`).join('')}</qti-simple-match-set>`
  const about = attributes({ 'response-identifier': 'RESPONSE', 'max-associations': left.length })
  const entries = pairs.map((pair): [string, number] => [pair, 1])
  return {
    declaration: declare('multiple', 'directedPair', pairs, { entries }),
    body: `<qti-match-interaction${about}>${prompt(stem)}${side(left, leftIdentifier, 1)}${side(right, rightIdentifier, left.length)}</qti-match-interaction>`,
    score: setScore(mapResponse),
  }
}

function fillIn({ stem, key }: ItemOf<'fill-in'>): Interaction {
  const blank = /_{4,}/.exec(stem)?.[0] ?? '____'
  const at = stem.indexOf(blank)
  const entry = `<qti-text-entry-interaction${attributes({ 'response-identifier': 'RESPONSE', 'expected-length': blank.length })}/>`
  const entries = key.accept.map((form): [string, number] => [form, 1])
  return {
    declaration: declare('single', 'string', key.accept.slice(0, 1), {
      entries,
      bounds: { 'upper-bound': 1 },
      fold: true,
    }),
    body: `<p>${flow(stem.slice(0, at))}${entry}${flow(stem.slice(at + blank.length))}</p>`,
    score: setScore(mapResponse),
  }
}

function manifest(items: readonly Held[], left: readonly LeftOut[], names: Names): string {
  const rest =
    left.length > 0
      ? `<resource identifier="not-exported" type="webcontent" href="${leftName}"><file href="${leftName}"/></resource>\n`
      : ''
  const about = attributes({
    xmlns: namespaces.manifest,
    'xmlns:lom': namespaces.lom,
    'xmlns:lx': namespaces.own,
    identifier: 'lianxue-items',
  })
  return `${head}<manifest${about}>
<metadata><schema>QTI Package</schema><schemaversion>3.0.0</schemaversion></metadata>
<organizations/>
<resources>
${items.map((item) => `${resource(item, names)}\n`).join('')}${rest}</resources>
</manifest>
`
}

function resource(item: Held, names: Names): string {
  const href = hrefOf(item)
  const credit = item.kind === 'multiple' && item.credit ? `<lx:item credit="${item.credit}"/>` : ''
  return `<resource${attributes({ identifier: item.id, type: itemType, href })}><metadata>${lom(item, names)}${credit}</metadata><file href="${href}"/></resource>`
}

const string = (text: string) => `<lom:string xml:lang="zh-CN">${xmlEscape(text)}</lom:string>`
const value = (text: string) => `<lom:source>LOMv1.0</lom:source><lom:value>${text}</lom:value>`

function lom({ revision, difficulty, indicator, source, passage }: Held, names: Names): string {
  const identifier =
    source === undefined
      ? ''
      : `<lom:identifier><lom:catalog>lianxue</lom:catalog><lom:entry>${xmlEscape(source)}</lom:entry></lom:identifier>`
  return `<lom:lom><lom:lifeCycle><lom:version>${string(String(revision))}</lom:version></lom:lifeCycle><lom:educational><lom:difficulty>${value(lomDifficulties[difficulty])}</lom:difficulty></lom:educational><lom:relation><lom:kind>${value('isbasedon')}</lom:kind><lom:resource>${identifier}<lom:description>${string(passage)}</lom:description></lom:resource></lom:relation><lom:classification><lom:purpose>${value('competency')}</lom:purpose><lom:taxonPath><lom:source>${string('lianxue')}</lom:source><lom:taxon><lom:id>${indicator}</lom:id><lom:entry>${string(names.indicator(indicator) ?? indicator)}</lom:entry></lom:taxon></lom:taxonPath></lom:classification></lom:lom>`
}
