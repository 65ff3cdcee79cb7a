import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { kinds } from '#quiz/kinds/registry.ts'
import { samples } from '../samples.ts'

const folder = path.join(import.meta.dirname, '../../../src/quiz/kinds')

test('every kind is a folder with its rules and its looks', () => {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(folders.map((entry) => entry.name).sort()).toEqual(Object.keys(kinds).sort())
  for (const { name } of folders)
    expect(readdirSync(path.join(folder, name)).sort()).toEqual(['Question.svelte', 'kind.ts'])
})

test('each kind is entered under its own name', () => {
  expect(Object.entries(samples).map(([name, sample]) => [name, sample.kind])).toEqual(
    Object.keys(kinds).map((name) => [name, name]),
  )
})
