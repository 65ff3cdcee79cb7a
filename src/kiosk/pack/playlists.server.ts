// Reads content/playlists: when the process starts, and when content/ is checked.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describeProblem, type Problem } from '#course/problem.ts'
import { readYaml } from '#course/read-yaml.ts'
import { namedIn, Playlist, shownButLeftOut } from '#kiosk/pack/playlist.ts'

/** What a screen shows for which nobody has chosen another. */
export const defaultPlaylist = 'county'

/**
 * Judges all playlists of a content folder.
 * @param known ids of the documents that there are; null where they are not known.
 */
export function checkPlaylists(
  contentDir: string,
  known: ReadonlySet<string> | null,
): { playlists: Playlist[]; problems: Problem[] } {
  const folder = join(contentDir, 'playlists')
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.yaml')) : []
  const problems: Problem[] = []
  const playlists = names.toSorted().flatMap((name) => {
    const file = `playlists/${name}`
    const read = readYaml(readFileSync(join(folder, name), 'utf8'), Playlist, file, { plain: true })
    const found = read.type === 'read' ? faultsOf(read.value, file, known) : read.problems
    problems.push(...found)
    return read.type === 'read' && found.length === 0 ? [read.value] : []
  })
  if (!names.includes(`${defaultPlaylist}.yaml`)) {
    const message = '没有这份播放单，没有另选的村堂屏幕就没有内容。'
    const mend = '加上这个文件，可以照着别的播放单写。'
    problems.push({ file: `playlists/${defaultPlaylist}.yaml`, line: 1, column: 1, message, mend })
  }
  return { playlists, problems }
}

function faultsOf(playlist: Playlist, file: string, known: ReadonlySet<string> | null): Problem[] {
  const at = { file, line: 1, column: 1 }
  const name = basename(file, '.yaml')
  const unknown = known ? namedIn(playlist).filter((id) => !known.has(id)) : []
  return [
    ...(playlist.id === name
      ? []
      : [{ ...at, message: `id 是 ${playlist.id}，和文件名不同。`, mend: `写成 id: ${name}。` }]),
    ...unknown.map((id) => ({ ...at, message: `没有 ${id}。`, mend: '改成已有的故事或课文的代号。' })),
    ...shownButLeftOut(playlist).map((id) => ({
      ...at,
      message: `slots 里要放 ${id}，上面却没有选它。`,
      mend: '把它也写进 stories 或 lessons，或者从 slots 里删去。',
    })),
  ]
}

let inForce: readonly Playlist[] = []

/** Brings the playlists of a content folder into force. @throws Error that lists every problem in Chinese. */
export function usePlaylists(contentDir: string): void {
  const { playlists, problems } = checkPlaylists(contentDir, null)
  if (problems.length > 0)
    throw new Error(['村堂屏幕的播放单有误，改好后再启动：', ...problems.map(describeProblem)].join('\n'))
  inForce = playlists
}

/** Those that an administrator may choose from. */
export const knownPlaylists = (): { id: string; title: string }[] =>
  inForce.map(({ id, title }) => ({ id, title }))

/** The playlist under an id; the default one where it is no longer there, null before any was read. */
export const playlistFor = (id: string): Playlist | null =>
  inForce.find((one) => one.id === id) ?? inForce.find((one) => one.id === defaultPlaylist) ?? null
