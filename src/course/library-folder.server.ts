// A folder that the library is exported into. Nothing outside it is ever read, written or removed: each part of a path is
// looked at first, and a symbolic link is refused.
import { createHash } from 'node:crypto'
import { constants, type Stats } from 'node:fs'
import { copyFile, lstat, mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Refusal } from '#refusal.ts'

/** What stands at a path: nothing, a file with its SHA-256 in hex, or what must not be touched, in Chinese. */
export type Standing = { type: 'none' } | { type: 'file'; sha: string } | { type: 'refused'; why: string }

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? ''

/** Says in Chinese what the system said about a folder or what is in it, and what to do; another error stays as it is. */
export function inFolder(folder: string, error: unknown): unknown {
  const dir = (error as NodeJS.ErrnoException).path ?? folder
  const words: Record<string, [string, string]> = {
    ENOENT: [`没有文件夹 ${dir}。`, '核对它的位置，或先建好它。'],
    ENOTDIR: [`${dir} 不是文件夹，或它的上一级不是。`, '换一个文件夹。'],
    EEXIST: [`${dir} 不是文件夹。`, '换一个文件夹。'],
    EACCES: [`没有权限读写 ${dir}。`, '给运行服务的账号读写它的权限，或换一个文件夹。'],
    EPERM: [`没有权限读写 ${dir}。`, '给运行服务的账号读写它的权限，或换一个文件夹。'],
    EROFS: [`${dir} 所在的磁盘只能读。`, '换一个能写的文件夹。'],
    ENOSPC: [`${dir} 所在的磁盘满了。`, '腾出空间再运行一次，已写好的不会重写。'],
  }
  const [message, hint] = words[codeOf(error)] ?? []
  return message ? new Refusal('invalid', message, hint) : error
}

/** Opens a folder that is there, or makes it; resolves with its real path. @throws Refusal */
export async function openLibraryFolder(dir: string, make: boolean): Promise<string> {
  try {
    if (make) await mkdir(dir, { recursive: true })
    if (!(await stat(dir)).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' })
    return await realpath(dir)
  } catch (error) {
    throw inFolder(dir, error)
  }
}

const isPlain = (part: string) => part !== '' && part !== '.' && part !== '..' && !/[\\\u0000]/.test(part)

const seen = (path: string): Promise<Stats | null> =>
  lstat(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  })

/** Looks at a path below the folder without following any link. */
export async function lookAt(root: string, path: string): Promise<Standing> {
  const parts = path.split('/')
  if (!parts.every(isPlain)) return { type: 'refused', why: '这个路径会写到文件夹之外' }
  let place = root
  for (const [index, part] of parts.entries()) {
    place = join(place, part)
    const there = await seen(place)
    if (!there) return { type: 'none' }
    if (there.isSymbolicLink()) return { type: 'refused', why: `${place} 是符号链接` }
    const isLast = index === parts.length - 1
    if (isLast ? !there.isFile() : !there.isDirectory())
      return { type: 'refused', why: `${place} 不是${isLast ? '普通文件' : '文件夹'}` }
  }
  return { type: 'file', sha: await shaOfFile(place) }
}

/** SHA-256 of a file in hex, piece by piece, because a film is large; a link is not followed. */
export async function shaOfFile(file: string): Promise<string> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW)
  const hash = createHash('sha256')
  for await (const piece of handle.createReadStream()) hash.update(piece as Buffer)
  return hash.digest('hex')
}

/** Writes a file that `lookAt` did not refuse, whole or not at all: a text, or a copy of the file at `from`. */
export async function putFile(root: string, path: string, content: string | { from: string }): Promise<void> {
  const place = join(root, path)
  const part = join(dirname(place), `.${basename(place)}.part`)
  await mkdir(dirname(place), { recursive: true })
  await rm(part, { force: true })
  if (typeof content === 'string') await writeFile(part, content, { flag: 'wx' })
  else await copyFile(content.from, part, constants.COPYFILE_EXCL)
  await rename(part, place)
}
