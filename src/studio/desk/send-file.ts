// Sends a file of a draft; it is checked and stored before its name comes back.
import { Refusal } from '#refusal.ts'
import { sortOf } from '#studio/files/file-kinds.ts'

export type SentFile = { name: string; stored: string; url: string; seconds?: number }

/** @throws Error with words for the writer. */
export async function sendFile(
  draft: string,
  file: Blob & { name?: string },
  name = file.name ?? '文件',
  seconds?: number,
): Promise<SentFile> {
  requireSort(name, file.size)
  const query = new URLSearchParams({
    draft,
    name,
    ...(seconds !== undefined && { seconds: String(seconds) }),
  })
  const response = await fetch(`/studio/file?${query}`, {
    method: 'POST',
    body: file,
    redirect: 'error',
  }).catch(() => {
    throw new Error('没有网络，文件没有传上去。请连上网再传一次。')
  })
  const reply = (await response.json().catch(() => ({}))) as Partial<SentFile> & {
    message?: string
    hint?: string
  }
  if (!response.ok || !reply.name || !reply.stored || !reply.url)
    throw new Error(`${reply.message ?? '文件没有传上去。'}${reply.hint ?? ''}`)
  return { ...reply, name: reply.name, stored: reply.stored, url: reply.url }
}

/** Nobody sends for minutes to hear no. */
function requireSort(name: string, bytes: number) {
  try {
    sortOf(name, bytes)
  } catch (error) {
    throw error instanceof Refusal ? new Error(`${error.message}${error.hint}`) : error
  }
}
