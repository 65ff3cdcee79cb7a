// What the editor may hold is what a lesson may hold: through its own schema no byte is changed either.
import { getSchema } from '@tiptap/core'
import { globSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { writeTree } from '#course/canonical.ts'
import { parseTree } from '#course/parse.ts'
import { fromDocument } from '#studio/editor/from-document.ts'
import { extensions } from '#studio/editor/schema.ts'
import { toDocument } from '#studio/editor/to-document.ts'
import { lessonOf, randomBlocks } from './random-tree.ts'

const schema = getSchema(extensions())

/** Opened in the editor, taken out of it untouched, and saved. */
function throughEditor(source: string): string {
  const parsed = parseTree(source, 'x')
  if ('problem' in parsed) throw new Error(parsed.problem.message)
  const { frontmatter, doc } = toDocument(parsed.tree)
  const node = schema.nodeFromJSON(doc)
  node.check()
  return writeTree(fromDocument({ frontmatter, doc: node.toJSON() as typeof doc }))
}

const files = globSync('content/**/*.mdx').sort()

test('a lesson, story or case of the library comes out as it went in', () => {
  expect(files.length).toBeGreaterThan(50)
  for (const file of files) {
    const source = readFileSync(file, 'utf8')
    expect(throughEditor(source), file).toBe(source)
  }
})

test('whatever else a lesson may hold comes out as it went in', () => {
  let tried = 0
  fc.assert(
    fc.property(randomBlocks, (children) => {
      const source = lessonOf(children)
      if (source === null) return
      tried++
      expect(throughEditor(source)).toBe(source)
    }),
    { numRuns: 400 },
  )
  expect(tried).toBeGreaterThan(200)
})

test('neither styles nor elements of HTML have a place in it', () => {
  for (const name of ['textStyle', 'underline', 'highlight', 'iframe', 'html']) {
    expect(schema.nodes[name], name).toBeUndefined()
    expect(schema.marks[name], name).toBeUndefined()
  }
})
