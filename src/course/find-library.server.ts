// Finds what content/ holds for readers: courses with lessons, stories, cases, lists. Reads texts, judges nothing but
// names and encoding.
import { dirname, join } from 'node:path'
import type { Problem } from '#course/problem.ts'
import { foldersIn, readSource } from '#course/read-source.server.ts'

/** A lesson's folder. */
export type FoundLesson = {
  /** Last part of its address: the folder's name without the number. */
  slug: string
  /** The folder's number. */
  position: number
  /** index.mdx, relative to content/, with `/`. */
  file: string
  source: string
  itemsFile: string
  itemsSource: string | null
  /** Where its files lie. */
  folder: string
}

/** A course's folder. */
export type FoundCourse = {
  slug: string
  position: number
  /** course.yaml, relative to content/. */
  file: string
  source: string
  /** test.yaml beside it, the items of the course's test; null when there is none. */
  testFile: string
  testSource: string | null
  lessons: FoundLesson[]
  folder: string
}

/** The folder of a story, a case or a list: one text, its files beside it. */
export type FoundText = Omit<FoundCourse, 'lessons' | 'testFile' | 'testSource'> & { kind: TextKind }

const textFiles = { story: 'index.mdx', case: 'index.mdx', list: 'list.yaml' } as const
export type TextKind = keyof typeof textFiles
const textFolders: Record<TextKind, string> = { story: 'stories', case: 'cases', list: 'lists' }

/** Everything found, in the order of the folders' names, and what could not be read. */
export type Found = { courses: FoundCourse[]; texts: FoundText[]; problems: Problem[]; files: Set<string> }

/** Lists content/. A folder that cannot be used becomes a problem; the others are found all the same. */
export async function findLibrary(contentDir: string): Promise<Found> {
  const found: Found = { courses: [], texts: [], problems: [], files: new Set() }
  for (const each of await findTexts(contentDir, 'courses', 'course.yaml', found)) {
    const testFile = `${dirname(each.file)}/test.yaml`
    const testSource = await readText(contentDir, testFile, found)
    const lessons = await findLessons(contentDir, dirname(each.file), found)
    found.courses.push({ ...each, testFile, testSource, lessons })
  }
  for (const kind of ['story', 'case', 'list'] as const) {
    const texts = await findTexts(contentDir, textFolders[kind], textFiles[kind], found)
    found.texts.push(...texts.map((text) => ({ ...text, kind })))
  }
  return found
}

/** The folders of one kind that hold their main file. */
async function findTexts(contentDir: string, kind: string, main: string, found: Found) {
  const texts: Omit<FoundText, 'kind'>[] = []
  for (const name of await foldersIn(join(contentDir, kind))) {
    const path = `${kind}/${name}`
    if (path === 'cases/find') {
      refuse(found, path, '网址 /cases/find 是找案例的页面。', '给这个文件夹换一个名字。')
      continue
    }
    if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) {
      const mend = '只用小写字母、数字和连字符，如 jiafeng-jiaxun。'
      refuse(found, path, `文件夹名“${name}”不能用作网址。`, mend)
      continue
    }
    const file = `${path}/${main}`
    const source = await readText(contentDir, file, found)
    // A course may have a number for its place, as lessons have; it is no part of the address.
    const slug = kind === 'courses' ? path.replace(/\/\d{2}-/, '/') : path
    if (source === null) refuse(found, file, `缺少 ${main}。`, `在这个文件夹里写一个 ${main}。`)
    else texts.push({ slug, position: texts.length + 1, file, source, folder: join(contentDir, path) })
  }
  return texts
}

async function findLessons(contentDir: string, course: string, found: Found): Promise<FoundLesson[]> {
  const lessons: FoundLesson[] = []
  for (const name of await foldersIn(join(contentDir, course))) {
    const path = `${course}/${name}`
    const [, number, word] = /^(\d{2,3})-([a-z0-9][a-z0-9-]*)$/.exec(name) ?? []
    if (!number || !word) {
      refuse(found, path, `文件夹名“${name}”不合规定。`, '写成两位数、连字符和小写字母，如 01-sizhi。')
      continue
    }
    if (word === 'test') {
      refuse(found, path, '网址以 /test 结尾的是课程测试。', '给这个文件夹换一个名字。')
      continue
    }
    const file = `${path}/index.mdx`
    const itemsFile = `${path}/items.yaml`
    const source = await readText(contentDir, file, found)
    const itemsSource = await readText(contentDir, itemsFile, found)
    if (source === null) refuse(found, file, '缺少 index.mdx。', '在课文的文件夹里写一个 index.mdx。')
    else {
      const folder = join(contentDir, path)
      lessons.push({ slug: word, position: Number(number), file, source, itemsFile, itemsSource, folder })
    }
  }
  return lessons
}

/** The text, or null if there is no such file. */
async function readText(contentDir: string, file: string, found: Found): Promise<string | null> {
  const text = await readSource(join(contentDir, file))
  if (text !== null) found.files.add(file)
  return text
}

function refuse(found: Found, file: string, message: string, mend: string) {
  found.problems.push({ file, line: 1, column: 1, message, mend })
}
