// Builds a Starlight site with one of our lessons: the same words as Markdown, the same questions as the same island.
import { execFile } from 'node:child_process'
import { cpSync, globSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { parse } from 'yaml'
import { publicHalf } from '#quiz/public-half.ts'
import { Item } from '#quiz/question.ts'

const root = join(import.meta.dirname, '..', '..')
const run = promisify(execFile)

/** What Starlight and the island need, in versions that work together; Astro, Svelte and uuid are those of ours. */
export const versions = {
  '@astrojs/markdown-remark': '7.3.1',
  '@astrojs/starlight': '0.42.4',
  '@astrojs/svelte': '9.0.1',
  astro: '7.3.4',
  svelte: '5.57.3',
  uuid: '14.0.3',
}

/** A lesson of ours, as its address names it. */
export type Source = { course: string; lesson: string }

/**
 * Installs and builds in a folder of its own below `folder`; returns where the files for browsers are, compressed
 * beforehand as tightly as it goes. The page of the lesson is `/lesson/`.
 * @throws Error if a package or the build fails.
 */
export async function buildStarlight(folder: string, source: Source): Promise<string> {
  const project = join(folder, 'starlight')
  cpSync(join(import.meta.dirname, 'starlight'), project, { recursive: true })
  cpSync(join(root, 'src/quiz'), join(project, 'src/quiz'), { recursive: true })
  for (const file of ['svelte.config.js', 'public/favicon.svg']) cpSync(join(root, file), join(project, file))
  const manifest = { name: 'starlight-rival', private: true, type: 'module', imports: { '#*': './src/*' } }
  writeFileSync(join(project, 'package.json'), JSON.stringify({ ...manifest, dependencies: versions }))
  writeLesson(project, folderOf(source))
  await install(project)
  const astro = join(project, 'node_modules/astro/bin/astro.mjs')
  const env = { ...process.env, NODE_ENV: 'production', ASTRO_TELEMETRY_DISABLED: '1' }
  await run(process.execPath, [astro, 'build'], { cwd: project, env, maxBuffer: 64 * 1024 * 1024 })
  compress(join(project, 'dist'))
  return join(project, 'dist')
}

/** Folders have a number before their name. */
function folderOf({ course, lesson }: Source): string {
  const [found] = globSync(`content/courses/?(*-)${course}/*-${lesson}`, { cwd: root })
  if (!found) throw new Error(`There is no lesson ${lesson} in ${course}.`)
  return join(root, found)
}

/** The system's npm, run by the Node that runs this; `npm run` has told it of our folder, so it is told of another. */
async function install(project: string): Promise<void> {
  const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env['PATH']}` }
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  await run('npm', ['install', '--prefix', project, ...quiet], { cwd: project, env })
}

function writeLesson(project: string, lesson: string) {
  const docs = join(project, 'src/content/docs')
  mkdirSync(docs, { recursive: true })
  for (const file of readdirSync(lesson).filter((name) => extname(name) === '.svg'))
    cpSync(join(lesson, file), join(docs, file))
  const [, front = '', body = ''] =
    /^---\n([^]*?)\n---\n([^]*)$/.exec(readFileSync(join(lesson, 'index.mdx'), 'utf8')) ?? []
  const { id, title, summary } = parse(front) as { id: string; title: string; summary: string }
  const items = Item.array().parse(parse(readFileSync(join(lesson, 'items.yaml'), 'utf8')))
  const asked = items.map((item, i) => [
    item.id,
    { question: publicHalf(item), number: i + 1, total: items.length, lesson: id },
  ])
  const text = [
    `---\n${JSON.stringify({ title, description: summary })}\n---`,
    "import Quiz from '#quiz/Quiz.svelte'",
    `export const asked = ${JSON.stringify(Object.fromEntries(asked))}`,
    summary,
    asMarkdown(body),
  ]
  writeFileSync(join(docs, 'lesson.mdx'), text.join('\n\n'))
}

type Given = Record<string, string>

/** How an author of Starlight writes what our components say. */
const marks: Record<string, (given: Given, inner: string) => string> = {
  Figure: ({ src, alt, caption }) => `![${alt}](./${src})\n\n${caption}`,
  Flow: ({ title }, inner) => `**${title}**\n\n${inner}`,
  Note: ({ title }, inner) => `:::note[${title}]\n${inner}\n:::`,
  Quiz: ({ item }) => `<Quiz client:visible={{ rootMargin: '300px' }} {...asked['${item}']} />`,
  Quote: ({ work, pinyin, translation, variants }, inner) =>
    [inner.replaceAll(/^/gm, '> '), work, translation, variants, pinyin].filter(Boolean).join('\n\n'),
  Reflect: ({ prompt }, inner) => `:::tip[${prompt}]\n${inner}\n:::`,
}

/** @throws Error for a component that this does not know. */
const asMarkdown = (body: string) =>
  body.replaceAll(
    /<([A-Z]\w*)([^>]*?)(?:\/>|>\n([^]*?)<\/\1>)/g,
    (_, name: string, given: string, inner = '') => {
      const mark = marks[name]
      if (!mark) throw new Error(`The bench does not know how Starlight writes <${name}>.`)
      const pairs = [...given.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value])
      return mark(Object.fromEntries(pairs), (inner as string).replaceAll(/^ {2}/gm, '').trim())
    },
  )

function compress(dist: string) {
  for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(html|css|js|svg|json|xml)$/.test(name)) continue
    const bytes = readFileSync(join(dist, name))
    writeFileSync(join(dist, `${name}.br`), brotliCompressSync(bytes))
    writeFileSync(join(dist, `${name}.gz`), gzipSync(bytes, { level: 9 }))
  }
}
