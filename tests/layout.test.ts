// The plan of the house as a test: who may import whom, how large a file may be, which names say nothing.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const source = join(root, 'src')

/** What stands at the bottom and may be used by everybody. */
const ground = ['refusal', 'day', 'clock', 'simplify']

/** One table of directions: a folder may import those named, itself and the ground. Uphill is not in it. */
const mayImport: Record<string, string[]> = {
  db: [],
  ui: [],
  env: [],
  quiz: [],
  record: ['db', 'ui'],
  people: ['db', 'env', 'ui'],
  search: ['db', 'ui'],
  course: ['quiz', 'record', 'people', 'search', 'db', 'ui'],
  assessment: ['sheet', 'course', 'quiz', 'record', 'people', 'db', 'ui'],
  plan: ['sheet', 'assessment', 'course', 'record', 'people', 'db', 'ui'],
  // Files of tables and documents from outside: caps, unpacking, writing; knows nothing of what they are about.
  sheet: [],
  // What happened in the words of xAPI, for files and for other learning record stores.
  xapi: ['record', 'people', 'db', 'env'],
  archive: ['sheet', 'plan', 'record', 'people', 'db', 'ui'],
  // Where lessons are written, read by others, published and withdrawn.
  studio: ['sheet', 'assessment', 'search', 'course', 'quiz', 'record', 'people', 'db', 'env', 'ui'],
  // Screens of village halls: packs, what they send, hall sessions.
  kiosk: [
    'studio',
    'export',
    'plan',
    'course',
    'quiz',
    'search',
    'record',
    'people',
    'process',
    'db',
    'env',
    'ui',
  ],
  process: ['archive', 'assessment', 'course', 'plan', 'record', 'people', 'db', 'env', 'ui'],
  export: ['course', 'quiz', 'search', 'people', 'process', 'db', 'env', 'ui'],
  demo: [
    'kiosk',
    'studio',
    'archive',
    'assessment',
    'course',
    'plan',
    'record',
    'people',
    'quiz',
    'process',
    'db',
    'env',
  ],
  layouts: ['ui', 'env'],
  actions: ['kiosk', 'studio', 'archive', 'assessment', 'course', 'plan', 'record', 'people'],
  pages: [
    'kiosk',
    'studio',
    'archive',
    'xapi',
    'sheet',
    'assessment',
    'search',
    'course',
    'plan',
    'record',
    'people',
    'quiz',
    'process',
    'layouts',
    'ui',
    'env',
  ],
  server: [
    'kiosk',
    'studio',
    'export',
    'xapi',
    'assessment',
    'course',
    'record',
    'people',
    'process',
    'db',
    'env',
  ],
  commands: [
    'kiosk',
    'studio',
    'server',
    'demo',
    'export',
    'xapi',
    'assessment',
    'course',
    'record',
    'people',
    'process',
    'db',
    'env',
  ],
  middleware: ['people', 'ui'],
  locals: ['people', 'ui', 'quiz'],
}

/** Inside the record data runs downhill: events, then hours, then evidence, then capability. */
const downhill: Record<string, string[]> = {
  events: [],
  hours: ['events'],
  evidence: ['events', 'hours'],
  capability: ['events', 'hours', 'evidence'],
}

const emptyNames = [
  'utils',
  'util',
  'helpers',
  'helper',
  'misc',
  'common',
  'shared',
  'lib',
  'core',
  'manager',
  'service',
  'handler',
  'data',
  'info',
  'index.ts',
]
const mostLines = 300

const files = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(ts|astro|svelte|css)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))

type Import = { file: string; target: string; typeOnly: boolean }

const nameOf = (file: string) => relative(source, file)
const folderOf = (path: string) => path.split('/')[0]?.replace(/\..*$/, '') ?? ''

const imports: Import[] = files.flatMap((file) => {
  const text = readFileSync(file, 'utf8')
  const found = text.matchAll(
    /(?:^|\n)\s*(import|export)\s+(type\s)?[^'"\n;]*?(?:\{[^}]*\}[^'"\n;]*?)?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g,
  )
  return [...found].map((match) => ({
    file: nameOf(file),
    target: match[3] ?? match[4] ?? '',
    typeOnly: Boolean(match[2]),
  }))
})
const ours = imports
  .filter(({ target }) => target.startsWith('#'))
  .map((one) => ({ ...one, target: one.target.slice(1) }))

test('every folder imports only what lies below it', () => {
  const wrong = ours.flatMap(({ file, target }) => {
    const [from, to] = [folderOf(file), folderOf(target)]
    const allowed = mayImport[from]
    if (!allowed)
      return [`src/${file}: the folder “${from}” is not in the table of directions; add it or move the file.`]
    if (from === to || ground.includes(to) || allowed.includes(to) || ground.includes(from)) return []
    return [
      `src/${file} imports #${target}: ${from} may import ${allowed.join(', ') || 'nothing'}. Move the rule down, or pass the value in.`,
    ]
  })
  expect(wrong).toEqual([])
})

test('inside the record, data runs downhill only', () => {
  const wrong = ours.flatMap(({ file, target }) => {
    const [, from = ''] = file.split('/')
    const [feature, to = ''] = target.split('/')
    if (!file.startsWith('record/') || feature !== 'record' || from === to) return []
    const allowed = downhill[from]
    if (!allowed || !(to in downhill) || allowed.includes(to)) return []
    return [`src/${file} imports #${target}: ${from} comes before ${to} on the way of a record.`]
  })
  expect(wrong).toEqual([])
})

test('the record knows no feature', () => {
  const features = ['assessment', 'course', 'quiz', 'plan', 'people', 'process', 'demo', 'pages', 'actions']
  expect(
    ours.filter(({ file, target }) => file.startsWith('record/') && features.includes(folderOf(target))),
  ).toEqual([])
})

test('islands take nothing from the server but types', () => {
  const wrong = imports.filter(
    ({ file, target, typeOnly }) =>
      file.endsWith('.svelte') &&
      !typeOnly &&
      (/\.server\.ts$/.test(target) || target.startsWith('#db/') || /\/kinds\/.*\.ts$/.test(target)),
  )
  expect(wrong).toEqual([])
})

test('what runs as written imports no page and nothing of the builder', () => {
  const bundled = /^(pages|actions|layouts)\/|^middleware\.ts$|^locals\.d\.ts$/
  const wrong = imports.filter(
    ({ file, target }) =>
      file.endsWith('.ts') && !bundled.test(file) && /^astro:|\.(astro|svelte|css)$/.test(target),
  )
  expect(wrong).toEqual([])
})

test('imports name the file: from the feature, with its ending', () => {
  const wrong = imports.filter(
    ({ target }) =>
      target.startsWith('../') ||
      (target.startsWith('#') && !/\.(ts|astro|svelte|css)(\?worker&url)?$/.test(target)),
  )
  expect(wrong).toEqual([])
})

test(`no file is longer than ${mostLines} lines`, () => {
  const long = files
    .map((file) => ({ file: nameOf(file), lines: readFileSync(file, 'utf8').split('\n').length }))
    .filter(({ lines }) => lines > mostLines + 1)
  expect(long).toEqual([])
})

test('every name says something', () => {
  const folders = readdirSync(source, { recursive: true })
    .map(String)
    .filter((path) => statSync(join(source, path)).isDirectory())
  const named = [...folders, ...files.map(nameOf).filter((file) => !/^(pages|actions)\//.test(file))]
  const empty = named.filter(
    (path) => emptyNames.includes(basename(path)) || emptyNames.includes(basename(path).replace(/\..*$/, '')),
  )
  expect(empty).toEqual([])
})

test('the top level holds what the plan names', () => {
  const allowed = new Set([
    'content',
    'src',
    'public',
    'tests',
    'node_modules',
    'dist',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'astro.config.mjs',
    'svelte.config.js',
    'eslint.config.js',
    'vitest.config.ts',
    'knip.json',
    'LICENSE',
    'README.md',
    'README.zh-CN.md',
    'test-results',
  ])
  expect(readdirSync(root).filter((name) => !name.startsWith('.') && !allowed.has(name))).toEqual([])
})
