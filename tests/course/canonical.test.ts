import fc from 'fast-check'
import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { canonical } from '#course/canonical.ts'
import { checkLesson } from '#course/check-lesson.ts'
import { toHast } from '#course/render.ts'
import { check, filesOf, goodBody, sourceOf } from './sample.ts'

function written(source: string): string {
  const form = canonical(source, 'index.mdx')
  if (form.type === 'refused') throw new Error(form.problems[0]?.message)
  return form.source
}

function drawn(source: string) {
  const checked = checkLesson(filesOf(source))
  return checked.type === 'refused' ? checked.problems.map(({ message }) => message) : toHast(checked.tree)
}

describe('the canonical form', () => {
  test('written twice is the same as once, and what readers see stays', () => {
    const words = fc.constantFrom(
      '好',
      '**注意：**',
      '*轻*',
      '，',
      '“引”',
      '\\{',
      '\\<',
      '`码`',
      'word',
      '1. ',
      '[链](/a)',
      '~~删~~',
    )
    const block = fc.constantFrom(
      '- 一\n- 二',
      '1. 一\n   - 二',
      '> 引',
      '| 甲 | 乙 |\n| - | -: |\n| 1 | 2 |',
      '<Note title="好">一**二**</Note>',
      '<Quote work="书" attribution="certain">\n天知，\n神知。\n</Quote>',
      '<Flow title="步">\n1. 一\n2. 二\n</Flow>',
      '### 小节',
      '```\n{a}\n```',
    )
    const paragraph = fc.array(words, { minLength: 1, maxLength: 8 }).map((parts) => `字${parts.join('')}`)
    const body = fc.array(fc.oneof(paragraph, block), { maxLength: 8 }).map((parts) => parts.join('\n\n'))
    fc.assert(
      fc.property(body, (part) => {
        const source = sourceOf(goodBody.replace('<Quiz', `${part}\n\n<Quiz`))
        const once = written(source)
        expect(written(once)).toBe(once)
        expect(drawn(once)).toEqual(drawn(source))
      }),
      { numRuns: 60 },
    )
  })

  test('bold within bold is bold once, and stays so', () => {
    const source = sourceOf(`字**注意：****注意：***轻**轻*好\n\n${goodBody}`)
    expect(written(written(source))).toBe(written(source))
    expect(drawn(written(source))).toEqual(drawn(source))
  })

  test('the frontmatter is kept letter by letter', () => {
    const source = sourceOf(goodBody)
    expect(written(source).startsWith(source.slice(0, source.indexOf(goodBody)))).toBe(true)
  })

  test('a source that cannot be read is refused, not rewritten', () => {
    expect(canonical('---\n---\n<Note>', 'x')).toMatchObject({ type: 'refused', problems: [{ file: 'x' }] })
  })
})

describe('the lessons of the library', () => {
  const lessons = globSync('content/courses/*/*/index.mdx').sort()

  test.each(lessons)('%s is good, and its canonical form shows the same', (file) => {
    const source = readFileSync(file, 'utf8')
    const items = readFileSync(file.replace('index.mdx', 'items.yaml'), 'utf8')
    const checkedFrom = (text: string) => checkLesson({ file, source: text, itemsFile: 'items.yaml', items })
    const [checked, again] = [checkedFrom(source), checkedFrom(written(source))]
    if (checked.type === 'refused' || again.type === 'refused') return expect([checked, again]).toEqual([])
    expect(toHast(again.tree)).toEqual(toHast(checked.tree))
    expect(written(written(source))).toBe(written(source))
  })
})

test('the sample is good', () => {
  expect(check(sourceOf(goodBody)).type).toBe('checked')
})
