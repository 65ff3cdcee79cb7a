import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { kinds } from '#quiz/kinds/registry.ts'
import { samples } from '../samples.ts'

const source = path.join(import.meta.dirname, '../../../src')
const folder = path.join(source, 'quiz/kinds')
const names = Object.keys(kinds)

test('every kind is a folder with its rules and its looks', () => {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(folders.map((entry) => entry.name).sort()).toEqual(names.toSorted())
  for (const { name } of folders)
    expect(readdirSync(path.join(folder, name))).toEqual(
      expect.arrayContaining(['Question.svelte', 'kind.ts']),
    )
})

test('each kind is entered under its own name', () => {
  expect(Object.entries(samples).map(([name, sample]) => [name, sample.kind])).toEqual(
    Object.keys(kinds).map((name) => [name, name]),
  )
})

/** Formats of others and forms of authors, each of which carries some kinds and not others; the option that stands for an answer. */
const knowSome = [
  'assessment/exchange/',
  'assessment/calibration/given-answer.ts',
  'quiz/writing/',
  'xapi/response.ts',
]

test('to add a kind is to add its folder and its line in the registry: nobody else names them one by one', () => {
  const files = readdirSync(source, { recursive: true })
    .map(String)
    .filter((file) => /\.(ts|svelte|astro)$/.test(file) && !file.startsWith('quiz/kinds/'))
  const listing = files.filter((file) => {
    const text = readFileSync(path.join(source, file), 'utf8')
    return names.filter((name) => text.includes(`'${name}'`) || text.includes(`kinds/${name}/`)).length > 2
  })
  expect(listing.filter((file) => !knowSome.some((known) => file.startsWith(known)))).toEqual([])

  const registry = readFileSync(path.join(folder, 'registry.ts'), 'utf8')
  for (const name of names) expect(registry.split(`kinds/${name}/kind.ts`).length).toBe(2)
  const inside = readdirSync(folder).filter((file) => file.endsWith('.ts') && file !== 'registry.ts')
  for (const file of inside)
    expect(readFileSync(path.join(folder, file), 'utf8')).not.toMatch(/from '#quiz\/kinds\/[a-z-]+\//)
})
