// Files beside a lesson: looked at, hashed, and copied into DATA_DIR/media under their hash.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, copyFile, lstat, mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { MediaUse } from '#course/check-lesson.ts'
import { checkSvg } from '#course/check-svg.ts'
import { extensionOf, mediaTypes } from '#course/media.ts'
import type { MediaType } from '#course/media.ts'
import type { StoredMedia } from '#course/place-media.ts'
import type { Problem } from '#course/problem.ts'

/** The files by name, or what is wrong with them. */
export type CheckedMedia =
  { type: 'checked'; files: Map<string, StoredMedia> } | { type: 'refused'; problems: Problem[] }

/** Judges the files that a lesson names. `lessonFile` is what problems call the lesson. */
export async function checkMedia(
  folder: string,
  uses: MediaUse[],
  lessonFile: string,
): Promise<CheckedMedia> {
  const files = new Map<string, StoredMedia>()
  const problems: Problem[] = []
  for (const { name, line, column } of uses) {
    const fault = await faultOf(join(folder, name), name)
    if (fault) problems.push({ file: lessonFile, line, column, ...fault })
    else files.set(name, await describe(join(folder, name), name))
  }
  return problems.length > 0 ? { type: 'refused', problems } : { type: 'checked', files }
}

/** Copies files to their place; what is there already is left alone. */
export async function storeMedia(folder: string, files: ReadonlyMap<string, StoredMedia>, dataDir: string) {
  if (files.size === 0) return
  await mkdir(join(dataDir, 'media'), { recursive: true, mode: 0o700 })
  for (const [name, { hash, extension }] of files) {
    const target = join(dataDir, 'media', `${hash}.${extension}`)
    if (await exists(target)) continue
    // A half-written file must never stand under the name of its hash.
    await copyFile(join(folder, name), `${target}.part`)
    await rename(`${target}.part`, target)
  }
}

type Words = { message: string; mend: string }

async function faultOf(path: string, name: string): Promise<Words | null> {
  const extension = extensionOf(name)
  const type = Object.hasOwn(mediaTypes, extension) ? mediaTypes[extension] : undefined
  if (!type)
    return { message: `不能用这种文件：${name}。`, mend: `能用的有：${Object.keys(mediaTypes).join('、')}。` }
  const stat = await lstat(path).catch(() => null)
  if (!stat) return { message: `找不到文件 ${name}。`, mend: '把它放在 index.mdx 旁边，或改正文件名。' }
  if (!stat.isFile()) return { message: `${name} 不是普通的文件。`, mend: '放文件本身，不放链接或文件夹。' }
  if (stat.size > type.most) {
    const most = Math.round((type.most / 1024 / 1024) * 10) / 10
    return {
      message: `${name} 有${(stat.size / 1024 / 1024).toFixed(1)} MB。`,
      mend: `压缩到${most} MB以内。`,
    }
  }
  return faultInBytes(path, name, type, extension)
}

async function faultInBytes(
  path: string,
  name: string,
  type: MediaType,
  extension: string,
): Promise<Words | null> {
  const another = {
    message: `${name} 的内容不是 .${extension} 文件。`,
    mend: '重新导出这个文件，不要只改扩展名。',
  }
  if (type.begins) return type.begins(await headOf(path)) ? null : another
  const bytes = await readFile(path)
  const text = new TextDecoder('utf-8').decode(bytes)
  if (text.includes('\u0000') || text.includes('\uFFFD')) {
    return { message: `${name} 不是 UTF-8 编码的文字。`, mend: '用 UTF-8 编码重新保存。' }
  }
  const fault = extension === 'svg' ? checkSvg(text) : null
  return fault
    ? { message: `${name} 不能用：${fault}`, mend: '用绘图软件另存为普通 SVG，去掉脚本、样式和外部内容。' }
    : null
}

async function headOf(path: string): Promise<Uint8Array> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(16), 0, 16, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

async function describe(path: string, name: string): Promise<StoredMedia> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk as Buffer)
    bytes += (chunk as Buffer).length
  }
  return { hash: hash.digest('hex'), extension: extensionOf(name), bytes }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
