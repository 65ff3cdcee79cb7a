// A small content/ folder that a test may change like a trainer would.
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { goodBody, goodItem, sourceOf } from './sample.ts'

export const lessonFile = 'courses/jiafeng/01-sizhi/index.mdx'
export const itemsFile = 'courses/jiafeng/01-sizhi/items.yaml'
export const courseFile = 'courses/jiafeng/course.yaml'

export const courseSource =
  'id: crs-jiafeng\ntitle: 家风家训\nsummary: 几段家训。\npath: 不想腐\ncompulsory: true\n'

/** Two good lessons; the second shows a picture and offers a table. */
export class LibraryFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'lianxue-content-'))

  constructor() {
    this.write(courseFile, courseSource)
    this.write(lessonFile, sourceOf(goodBody))
    this.write(itemsFile, JSON.stringify([goodItem]))
    const files =
      '<Figure src="巷.svg" alt="一条窄巷" />\n\n<Attachment src="表.csv" title="登记表" />\n\n<Quiz'
    const body = goodBody.replace('<Quiz', files).replaceAll('sizhi', 'xiang')
    this.write('courses/jiafeng/02-xiang/index.mdx', sourceOf(body, { id: 'lsn-xiang', title: '六尺巷' }))
    this.write('courses/jiafeng/02-xiang/items.yaml', JSON.stringify([{ ...goodItem, id: 'itm-xiang-1' }]))
    this.write(
      'courses/jiafeng/02-xiang/巷.svg',
      '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1"/></svg>',
    )
    this.write('courses/jiafeng/02-xiang/表.csv', '日期,事项\n')
  }

  write(file: string, text: string | Uint8Array) {
    mkdirSync(dirname(join(this.path, file)), { recursive: true })
    writeFileSync(join(this.path, file), text)
  }

  move(from: string, to: string) {
    renameSync(join(this.path, from), join(this.path, to))
  }

  remove(file = '') {
    rmSync(join(this.path, file), { recursive: true, force: true })
  }
}
