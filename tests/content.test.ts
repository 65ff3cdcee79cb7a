// What stands in content/: every file valid and linked, every quotation as its source has it, texts of a length and in
// sentences that can be read, nothing said twice, keys that cannot be guessed by their place.
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { checkLibrary } from '#course/check-library.server.ts'
import type { CheckedLibrary } from '#course/check-library.server.ts'
import { literalProps } from '#course/check-component.ts'
import { Lesson } from '#course/lesson.ts'
import { nothingKnown } from '#course/known.ts'
import { parseSource } from '#course/parse.ts'
import { Path } from '#course/provenance.ts'
import { countHan } from '#course/han.ts'
import { componentsOf, plainText, quotes } from '#course/sections.ts'
import { Story } from '#course/story.ts'
import { Case } from '#course/case.ts'
import { readRules } from '#process/rules-at-start.server.ts'
import { indicatorsOf } from '#record/capability/model.ts'
import { isChecked, isNearlyOne, judge, letters, textsIn, withOneWrong, woven } from './content/compare.ts'
import { said } from './content/said.ts'
import { variants } from './content/variants.ts'

const contentDir = join(import.meta.dirname, '..', 'content')
const bounds = { lesson: [1000, 1500], story: [300, 600], case: [300, 800] } as const
const shapes = { lesson: Lesson, story: Story, case: Case }
type Kind = keyof typeof bounds

type Text = {
  file: string
  kind: Kind
  text: string
  /** Props of its components, those too that are not read on the page (what a picture shows). */
  props: string[]
  quotes: { work: string; words: string }[]
}

let library: CheckedLibrary
let texts: Text[]
/** Every text of content: bodies, and whatever stands in frontmatter, items, lists and rule files. */
let passages: { file: string; text: string }[]
/** What stands in “…” in them. */
let quoted: { file: string; words: string }[]

function textOf(file: string, kind: Kind, source: string): Text {
  const parsed = parseSource<unknown>(source, file, shapes[kind])
  if (parsed.type === 'refused') throw new Error(`${file} cannot be read.`)
  const components = componentsOf(parsed.tree)
  const props = components.flatMap((node) => Object.values(literalProps(node)))
  const quotes = components
    .filter(({ name }) => name === 'Quote')
    .map((node) => ({
      work: literalProps(node).work ?? '',
      words: plainText({ type: 'root', children: node.children }),
    }))
  return { file, kind, text: plainText(parsed.tree), props, quotes }
}

beforeAll(async () => {
  const rules = readRules(contentDir)
  const indicators = new Set(indicatorsOf(rules.model).map(({ id }) => id))
  library = await checkLibrary(contentDir, { ...nothingKnown, indicators })
  texts = library.candidates.flatMap(({ file, kind, source }) =>
    kind in bounds ? [textOf(file, kind as Kind, source)] : [],
  )
  passages = [
    ...library.candidates.map(({ file, meta, items }) => ({ file, in: [meta, items] })),
    ...texts.map(({ file, text, props }) => ({ file, in: [text, props] })),
    { file: 'rules', in: rules },
  ].flatMap((each) => textsIn(each.in).map((text) => ({ file: each.file, text })))
  quoted = passages.flatMap(({ file, text }) => woven(text).map((words) => ({ file, words })))
})

const ofKind = (kind: string) => library.candidates.filter((each) => each.kind === kind)

test('every file is valid, and what it leads to is there', () => {
  expect(library.problems).toEqual([])
})

test('there is enough to open with', () => {
  const counts = ['course', 'lesson', 'story', 'case', 'list'].map((kind) => ofKind(kind).length)
  expect(counts).toEqual([7, 37, 12, 10, 2])
})

test('every course has a cover and every story its drawing; no two are alike', () => {
  const drawings = library.candidates.flatMap(({ files }) =>
    Object.values(files).filter((name) => name.endsWith('.svg')),
  )
  expect(
    [...ofKind('course'), ...ofKind('story')].filter(({ files }) => Object.keys(files).length === 0),
  ).toEqual([])
  expect(new Set(drawings).size).toBe(drawings.length)
})

describe('quotations', () => {
  test('each stands letter by letter in its source, under the name of that source', () => {
    const wrong = texts.flatMap(({ file, quotes }) =>
      quotes
        .filter(({ work, words }) => !isChecked(work, words))
        .map(({ work, words }) => [file, work, words]),
    )
    expect(wrong).toEqual([])
  })

  test('so does each that is woven into a sentence, or it is listed as no quotation', () => {
    const unknown = quoted.filter(({ words }) => judge(words) === 'unknown')
    expect(unknown).toEqual([])
  })

  test('the lists of what is no quotation hold nothing that is not used, and nothing twice', () => {
    const used = new Set(quoted.filter(({ words }) => judge(words) !== 'checked').map(({ words }) => words))
    const listed = [...said, ...variants.map(({ words }) => words)]
    expect(listed.filter((words, at) => !used.has(words) || listed.indexOf(words) !== at)).toEqual([])
  })

  test('no misquotation hides in the list of what was said', () => {
    expect(said.filter(isNearlyOne)).toEqual([])
  })

  test('quotation marks are “ and ”, in pairs, none within another', () => {
    const wrong = passages.filter(({ text }) => {
      const marks = text.replace(/[^“”‘’「」『』"]/g, '')
      return !/^(“”)*$/.test(marks)
    })
    expect(wrong).toEqual([])
  })

  test('one wrong character is noticed, whichever it is', () => {
    const inSentences = passages.flatMap(({ file, text }) =>
      woven(text)
        .filter((words) => judge(words) === 'checked')
        .flatMap((words) =>
          withOneWrong(words).map((wrong) => ({
            ...{ file, wrong },
            text: text.replace(`“${words}”`, `“${wrong}”`),
          })),
        ),
    )
    const alone = texts.flatMap(({ quotes }) =>
      quotes.flatMap(({ work, words }) => withOneWrong(words).map((wrong) => ({ work, words: wrong }))),
    )
    const unnoticed = [
      ...inSentences
        .filter(({ text }) => woven(text).every((words) => judge(words) !== 'unknown'))
        .map(({ file, wrong }) => ({ file, wrong })),
      ...alone.filter(({ work, words }) => isChecked(work, words)),
    ]
    expect(unnoticed).toEqual([])
    expect(inSentences.length).toBeGreaterThan(400)
    console.log(
      `One wrong character: ${inSentences.length} in sentences, ${alone.length} alone, all noticed.`,
    )
    expect(isChecked('《后汉书·杨震列传》', '天知，地知，我知，子知。')).toBe(false)
    expect(isChecked('《资治通鉴》', '天知，神知')).toBe(false)
  })
})

describe('reading', () => {
  test.each(['lesson', 'story', 'case'] as const)('a %s is as long as it should be', (kind) => {
    const [least, most] = bounds[kind]
    const lengths = texts
      .filter((each) => each.kind === kind)
      .map(({ file, text }) => ({ file, han: countHan(text) }))
    expect(lengths.filter(({ han }) => han < least || han > most)).toEqual([])
  })

  test('no sentence is longer than 80 characters, and most are far shorter', () => {
    const sentences = texts.flatMap(({ file, text }) =>
      text
        .split(/[。！？\n]/)
        .map((sentence) => ({ file, sentence, han: countHan(sentence) }))
        .filter(({ han }) => han > 0),
    )
    expect(sentences.filter(({ han }) => han > 80)).toEqual([])
    const short = sentences.filter(({ han }) => han <= 40).length
    expect(short / sentences.length).toBeGreaterThan(0.85)
  })

  test('no paragraph stands twice', () => {
    const seen = new Map<string, string>()
    const repeated = texts.flatMap(({ file, text, quotes }) => {
      const quoted = new Set(quotes.map(({ words }) => letters(words)))
      return text
        .split('\n')
        .filter((line) => countHan(line) >= 12 && !quoted.has(letters(line)))
        .flatMap((line) => {
          const before = seen.get(letters(line))
          seen.set(letters(line), file)
          return before ? [{ line, before, file }] : []
        })
    })
    expect(repeated).toEqual([])
  })

  test('each was checked, and is checked again within a year and a half', () => {
    const wrong = library.candidates
      .filter(({ kind }) => kind !== 'course')
      .filter(({ meta }) => {
        const { checkedOn, reviewBy, sources } = meta as { checkedOn: string; reviewBy: string; sources: [] }
        const months = (Date.parse(reviewBy) - Date.parse(checkedOn)) / (30.4 * 86_400_000)
        return sources.length === 0 || months <= 0 || months > 18
      })
    expect(wrong.map(({ file }) => file)).toEqual([])
  })
})

describe('checks', () => {
  test('three to five in every lesson, of at least two kinds', () => {
    const wrong = ofKind('lesson').filter(
      ({ items }) => items.length < 3 || items.length > 5 || new Set(items.map(({ kind }) => kind)).size < 2,
    )
    expect(wrong.map(({ file }) => file)).toEqual([])
  })

  test('every course has a test of fourteen items and more, of several kinds, with ones from every lesson', () => {
    const tests = ofKind('course').map(({ file, id, items }) => {
      const lessons = library.candidates.filter(({ parentId }) => parentId === id)
      const texts = lessons.map(({ sections }) => sections.map(({ text }) => text).join('\n'))
      return {
        file,
        enough: items.length >= 14 && new Set(items.map(({ kind }) => kind)).size >= 3,
        fewest: Math.min(...texts.map((text) => items.filter(({ passage }) => quotes(text, passage)).length)),
      }
    })
    for (const { enough, fewest, file } of tests)
      expect({ file, enough, each: fewest >= 3 }).toEqual({ file, enough: true, each: true })
  })

  test('no place of a single choice is right much more often than another, and true is not always right', () => {
    const items = library.candidates.flatMap((each) => each.items)
    const places = items.flatMap((item) =>
      item.kind === 'single' ? [item.options.findIndex(({ id }) => id === item.key)] : [],
    )
    const counts = [0, 1, 2, 3].map((place) => places.filter((each) => each === place).length)
    expect(Math.max(...counts) / places.length).toBeLessThan(0.4)
    expect(Math.min(...counts)).toBeGreaterThan(0)
    const judged = items.flatMap((item) => (item.kind === 'true-false' ? [item.key] : []))
    const share = judged.filter(Boolean).length / judged.length
    expect(share).toBeGreaterThan(0.25)
    expect(share).toBeLessThan(0.75)
  })

  test('the longest option is the right one no more often than chance would have it', () => {
    const singles = library.candidates
      .flatMap((each) => each.items)
      .flatMap((item) => (item.kind === 'single' ? [item] : []))
    const longest = singles.filter((item) => {
      const key = item.options.find(({ id }) => id === item.key)?.text.length ?? 0
      return item.options.every(({ id, text }) => id === item.key || text.length < key)
    })
    expect(longest.length / singles.length).toBeLessThan(0.4)
  })
})

test('all three paths are served, and the balance is shown', () => {
  const balance = Path.options.map((path) => ({
    path,
    ...Object.fromEntries(
      ['lesson', 'story', 'case'].map((kind) => [
        kind,
        ofKind(kind).filter(({ meta }) => meta['path'] === path).length,
      ]),
    ),
  }))
  console.table(balance)
  for (const { path } of balance) {
    const all = library.candidates.filter(({ meta, kind }) => kind !== 'course' && meta['path'] === path)
    expect({ path, many: all.length > 3 }).toEqual({ path, many: true })
  }
})
