// What stands in content/items/, content/procedures/ and content/assessments/: enough for every indicator, of several
// kinds, keys that cannot be guessed by their place, and papers that can be filled.
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { readBankFile, readProcedures } from '#assessment/bank/bank-file.ts'
import type { BankedItem } from '#assessment/bank/bank.server.ts'
import { checkContent, type CheckedContent } from '#assessment/check-content.server.ts'
import { filesIn } from '#assessment/bank/find-bank.server.ts'
import { driftOf } from '#assessment/bank/drift.ts'
import { draw } from '#assessment/blueprint/draw.ts'
import { difficultyNames, kindName } from '#assessment/blueprint/say-short.ts'
import { readRules } from '#process/rules-at-start.server.ts'
import { explain, rightAnswer } from '#quiz/say-answer.ts'
import type { Item } from '#quiz/question.ts'
import { grade } from '#quiz/grade.ts'
import { indicatorsOf } from '#record/capability/model.ts'
import { isNearlyOne, judge, textsIn, woven } from './compare.ts'

const root = join(import.meta.dirname, '..', '..')
const contentDir = join(root, 'content')
const { model } = readRules(contentDir)
const indicators = indicatorsOf(model)

let content: CheckedContent
let open: Item[]
/** The secure bank of the demo. */
let secure: Item[]

beforeAll(async () => {
  content = await checkContent(contentDir, model)
  open = content.bank.candidates.map(({ item }) => item)
  const { procedures } = readProcedures(await filesIn(contentDir, 'procedures'))
  const files = await filesIn(join(root, 'src', 'demo'), 'secure')
  secure = files.flatMap((file) => {
    const read = readBankFile(file, procedures)
    if (read.type === 'refused') throw new Error(JSON.stringify(read.problems))
    return read.value.items
  })
})

const banked = (items: readonly Item[], isSecure: boolean) =>
  items.map((item) => {
    const { id, revision, kind, indicator, difficulty } = item
    return { id, revision, kind, indicator, difficulty, secure: isSecure, item } satisfies BankedItem
  })

test('every file is valid', () => {
  expect(content.problems).toEqual([])
})

describe('the open bank', () => {
  test('has eight items and more for every indicator, two hundred and more in all', () => {
    const rows = indicators.map(({ id, name }) => {
      const own = open.filter(({ indicator }) => indicator === id)
      const by = (named: (item: Item) => string) =>
        [...Map.groupBy(own, named)].map(([word, items]) => `${word}${items.length}`).join(' ')
      return {
        indicator: `${id} ${name}`,
        items: own.length,
        difficulties: by(({ difficulty }) => difficultyNames[difficulty]),
        kinds: by(({ kind }) => kindName(kind)),
      }
    })
    console.table(rows)
    expect(rows.filter(({ items }) => items < 8)).toEqual([])
    expect(open.length).toBeGreaterThanOrEqual(200)
  })

  test('has forty scenarios and procedures and more', () => {
    const walked = open.filter(({ kind }) => kind === 'scenario' || kind === 'procedure')
    expect(walked.length).toBeGreaterThanOrEqual(40)
    expect(new Set(walked.map(({ kind }) => kind)).size).toBe(2)
  })

  test('has easy, usual and hard items of several kinds for every indicator', () => {
    const poor = indicators.filter(({ id }) => {
      const own = open.filter(({ indicator }) => indicator === id)
      const kinds = new Set(own.map(({ kind }) => kind))
      return kinds.size < 4 || new Set(own.map(({ difficulty }) => difficulty)).size < 3
    })
    expect(poor.map(({ id }) => id)).toEqual([])
  })

  test('misquotes nothing: words in quotation marks that are nearly a checked quotation are one', () => {
    const quoted = [...open, ...secure].flatMap((item) => textsIn(item).flatMap(woven))
    expect(quoted.length).toBeGreaterThan(50)
    expect(quoted.filter((words) => judge(words) !== 'checked' && isNearlyOne(words))).toEqual([])
  })

  test('asks no question twice', () => {
    const stems = [...open, ...secure].map(({ stem }) => stem.replace(/\s/g, ''))
    expect(stems.filter((stem, at) => stems.indexOf(stem) < at)).toEqual([])
  })

  test('no place of a single choice is right much more often than another, and true is not always right', () => {
    const places = open.flatMap((item) =>
      item.kind === 'single' ? [item.options.findIndex(({ id }) => id === item.key)] : [],
    )
    const counts = [0, 1, 2, 3].map((place) => places.filter((each) => each === place).length)
    expect(Math.max(...counts) / places.length).toBeLessThan(0.35)
    expect(Math.min(...counts) / places.length).toBeGreaterThan(0.15)
    const judged = open.flatMap((item) => (item.kind === 'true-false' ? [item.key] : []))
    const share = judged.filter(Boolean).length / judged.length
    expect(share).toBeGreaterThan(0.25)
    expect(share).toBeLessThan(0.75)
  })

  test('the longest option is the right one no more often than chance would have it', () => {
    const singles = open.flatMap((item) => (item.kind === 'single' ? [item] : []))
    const longest = singles.filter((item) => {
      const key = item.options.find(({ id }) => id === item.key)?.text.length ?? 0
      return item.options.every(({ id, text }) => id === item.key || text.length < key)
    })
    expect(longest.length / singles.length).toBeLessThan(0.35)
  })

  test('every situation asks for two decisions on some way, and says of each step why', () => {
    const short = open.filter(
      (item) => item.kind === 'scenario' && explain(item, rightAnswer(item)).length < 2,
    )
    expect(short.map(({ id }) => id)).toEqual([])
  })

  test('the right answer of every item gets all points', () => {
    const wrong = open.filter((item) => {
      const graded = grade(item, rightAnswer(item))
      return graded.type !== 'graded' || graded.earned !== graded.possible
    })
    expect(wrong.map(({ id }) => id)).toEqual([])
  })
})

describe('the secure bank of the demo', () => {
  test('has two items and more for every indicator, none that the open bank or a lesson has', () => {
    const counts = indicators.map(({ id }) => secure.filter(({ indicator }) => indicator === id).length)
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(2)
    const elsewhere = [...open, ...content.library.candidates.flatMap(({ items }) => items)]
    const ids = new Set(elsewhere.map(({ id }) => id))
    expect(
      secure.filter(({ id }, at) => ids.has(id) || secure.findIndex((one) => one.id === id) < at),
    ).toEqual([])
  })

  test('every passage stands in its source', () => {
    const sources = content.library.candidates.map(({ id, meta, sections }) => {
      return [id, { title: String(meta['title']), open: true, sections }] as const
    })
    const texts = new Map(sources)
    expect(
      secure.flatMap((item) => {
        const drift = driftOf(item, texts)
        return drift === null ? [] : [`${item.id} ${drift}`]
      }),
    ).toEqual([])
  })
})

describe('the tests on offer', () => {
  test('there is an adaptive one for every dimension, to be taken at home', () => {
    const adaptive = content.blueprints.candidates.flatMap(({ blueprint }) =>
      blueprint.form === 'adaptive' && !blueprint.supervised ? [blueprint.dimension] : [],
    )
    expect(adaptive).toEqual(model.dimensions.map(({ id }) => id))
  })

  test('every fixed paper can be filled, from the bank that it draws from', () => {
    const fixed = content.blueprints.candidates.flatMap(({ blueprint }) =>
      blueprint.form === 'fixed' ? [blueprint] : [],
    )
    expect(fixed.map(({ supervised }) => supervised).toSorted()).toEqual([false, false, true])
    for (const { id, cells, supervised } of fixed) {
      const bank = banked(supervised ? secure : open, supervised)
      expect({ id, ...draw(cells, bank, { seen: new Set(), seed: id }) }).toMatchObject({ id, type: 'drawn' })
    }
  })

  test('the supervised paper asks about every indicator', () => {
    const asked = content.blueprints.candidates.flatMap(({ blueprint }) =>
      blueprint.form === 'fixed' && blueprint.supervised ? blueprint.cells : [],
    )
    expect(asked.map(({ indicator }) => indicator)).toEqual(indicators.map(({ id }) => id))
  })
})
