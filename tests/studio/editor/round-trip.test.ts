// Opening and saving without a change changes no byte, whatever a lesson holds.
import { globSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { writeTree } from '#course/canonical.ts'
import { parseTree } from '#course/parse.ts'
import { fromDocument } from '#studio/editor/from-document.ts'
import { toDocument } from '#studio/editor/to-document.ts'
import { lessonOf, randomBlocks } from './random-tree.ts'

/** Opened in the editor, sent as JSON, and saved. */
function openedAndSaved(source: string): string {
  const parsed = parseTree(source, 'x')
  if ('problem' in parsed) throw new Error(`${parsed.problem.message} ${JSON.stringify(source)}`)
  const sent = JSON.stringify(toDocument(parsed.tree))
  return writeTree(fromDocument(JSON.parse(sent) as ReturnType<typeof toDocument>))
}

const files = globSync('content/**/*.mdx').sort()

test('there is a library to try', () => expect(files.length).toBeGreaterThan(50))

test.each(files)('%s', (file) => {
  const source = readFileSync(file, 'utf8')
  expect(openedAndSaved(source)).toBe(source)
})

describe('what is made up', () => {
  test('a tree of anything that a lesson may hold', () => {
    let tried = 0
    fc.assert(
      fc.property(randomBlocks, (children) => {
        const source = lessonOf(children)
        if (source === null) return
        tried++
        expect(openedAndSaved(source)).toBe(source)
      }),
      { numRuns: 400 },
    )
    expect(tried).toBeGreaterThan(200)
  })
})
