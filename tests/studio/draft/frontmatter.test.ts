// The label of a draft is changed field by field; what nobody touched keeps its bytes.
import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fieldsOf, frontmatterOf, withFields, withMeta } from '#studio/draft/frontmatter.ts'
import { contentDir } from '../../record/published-rules.ts'

const sources = readdirSync(contentDir, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('index.mdx'))
  .map((file) => readFileSync(join(contentDir, file), 'utf8'))

test('saying of every text of the library what it says already changes no byte', () => {
  expect(sources.length).toBeGreaterThan(40)
  for (const source of sources) expect(withMeta(source, fieldsOf(frontmatterOf(source)))).toBe(source)
})

test('one changed field changes its own lines and no other', () => {
  const [source = ''] = sources
  const changed = withMeta(source, { title: '另一个题目' })
  const lines = changed.split('\n')
  expect(lines.filter((line, i) => line !== source.split('\n')[i])).toEqual(['title: 另一个题目'])
})

test('whatever is written into a field is read back from it, and the body stays', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 60 })
  fc.assert(
    fc.property(text, fc.array(text, { maxLength: 4 }), (title, indicators) => {
      const source = withMeta('---\nid: lsn-a\ntitle: 旧\n---\n\n## 一\n\n---\n', { title, indicators })
      expect(fieldsOf(frontmatterOf(source))).toEqual({ id: 'lsn-a', title, indicators })
      expect(source.endsWith('\n---\n\n## 一\n\n---\n')).toBe(true)
    }),
  )
})

test('a field is taken out, and a label that cannot be read is left alone', () => {
  expect(withFields('a: 1\nlesson: lsn-x\n', { lesson: undefined })).toBe('a: 1')
  expect(withFields('a: [1\n', { a: 2 })).toBe('a: [1\n')
  expect(fieldsOf('a: &x [1]\nb: *x\n')).toEqual({})
})
