// The studio beside 100, 1,000 and 5,000 documents: opening a draft, a letter typed until it stands in the preview,
// publishing until a reader sees it, withdrawing until he does not, the lists; and a Word file of 30 pages.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeLibrary } from './library.ts'
import { startProcess, type Process } from './process.ts'
import { settingsIn } from './settings.ts'
import { atMost, figure, type Line } from './table.ts'

const sizes = [100, 1000, 5000]
const rounds = 40
const publications = 8
const lesson = { id: 'lsn-sizhi', path: '/courses/jiafeng-jiaxun/sizhi' }

type Measured = {
  open: number
  preview: number
  publish: number
  withdraw: number
  lists: Record<string, number>
  word: number
  hold: number
}

export async function measureStudio(): Promise<Line[]> {
  const lines: Line[] = []
  let least: Measured | null = null
  for (const size of sizes) {
    const measured = await measureWith(size)
    least ??= measured
    const beside = `beside ${size.toLocaleString('en-US')} documents`
    const growth = (now: number, then: number) => `, ${figure(now / then)}× that beside ${sizes[0]}`
    lines.push(
      atMost(
        `p95 of typing until it is previewed ${beside}`,
        measured.preview,
        300,
        ' ms',
        growth(measured.preview, least.preview),
      ),
      atMost(
        `slowest publication until it is seen ${beside}`,
        measured.publish / 1000,
        1,
        ' s',
        growth(measured.publish, least.publish),
      ),
      atMost(`slowest withdrawal until it is gone ${beside}`, measured.withdraw / 1000, 1, ' s'),
      { what: `p95 of opening a draft ${beside}`, measured: `${figure(measured.open)} ms` },
      ...Object.entries(measured.lists).map(([path, ms]) => {
        const what = `p95 of ${path}, not stored, ${beside}`
        // The wall of stories shows all of them on one page, and is stored.
        return path === '/stories' ? { what, measured: `${figure(ms)} ms` } : atMost(what, ms, 100, ' ms')
      }),
      { what: `longest hold of the process ${beside}`, measured: `${figure(measured.hold)} ms` },
    )
    if (size === sizes.at(-1)) lines.push(atMost('import of a Word file of 30 pages', measured.word, 5, ' s'))
  }
  return lines
}

async function measureWith(size: number): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'lianxue-bench-'))
  const settings = settingsIn(join(folder, 'data'))
  writeLibrary(join(folder, 'content'), size)
  const importing = startProcess('importing.ts', settings)
  await importing.ask('load', join(folder, 'content')).finally(() => importing.stop('SIGKILL'))
  const site = startProcess('studio-site.ts', settings)
  try {
    return await measureSite(site)
  } finally {
    await site.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureSite(site: Process): Promise<Measured> {
  const origin = await site.ask<string>('origin')
  const { cookie, owner } = await site.ask<{ cookie: string; owner: string }>('enterEditor')
  const headers = { cookie, origin, accept: 'text/html' }
  const get = async (path: string) => (await fetch(origin + path, { headers })).text()
  const post = async <T>(path: string, body: object): Promise<T> => {
    const reply = await fetch(origin + path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
    return (await reply.json()) as T
  }

  const { id, version, source } = await site.ask<{ id: string; version: number; source: string }>(
    'newDraft',
    lesson.id,
  )
  const items = await itemsOf(post, id)
  let at = version
  const type = async (round: number) => {
    const text = source.replace('## ', `## 第${round}稿：`)
    const saved = await post<{ version: number }>('/studio/save', {
      ...{ draft: id, owner, version: at, items },
      content: { type: 'source', source: text },
    })
    at = saved.version
    const page = await get(`/studio/drafts/${id}/preview?look=phone`)
    if (!page.includes(`第${round}稿：`)) throw new Error('The preview does not show what was typed.')
  }
  await type(0)
  await site.ask('watchLoop')
  const preview = p95(await timesOf(rounds, (round) => type(round + 1)))
  const open = p95(await timesOf(rounds, () => get(`/studio/drafts/${id}`)))
  const hold = await site.ask<number>('longestHold')
  const lists: Record<string, number> = {}
  for (const path of ['/studio', '/studio/library', '/stories']) {
    const times = await timesOf(rounds, async () => {
      await site.ask('forgetPages')
      return get(path)
    })
    lists[path] = p95(times)
  }
  const publish = Math.max(...(await publishTimes(site, { origin, headers, owner, get, post })))
  const withdraw = Math.max(...(await withdrawTimes(origin, headers)))
  return { open, preview, publish, withdraw, lists, hold, word: await site.ask<number>('importWordFile') }
}

type Post = <T>(path: string, body: object) => Promise<T>
type Seat = {
  origin: string
  headers: Record<string, string>
  owner: string
  get: (path: string) => Promise<string>
  post: Post
}

/** Milliseconds from the press of “publish” to a reader's page with the new words. */
async function publishTimes(site: Process, { origin, headers, owner, get, post }: Seat): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < publications; round++) {
    const { id, version, source } = await site.ask<{ id: string; version: number; source: string }>(
      'newDraft',
      lesson.id,
    )
    const words = `新修订${round}号`
    await post('/studio/save', {
      ...{ draft: id, owner, version, items: await itemsOf(post, id) },
      content: { type: 'source', source: source.replace(/^## .*$/m, `## ${words}`) },
    })
    await site.ask('handIn', id)
    await get(lesson.path)
    const form = new FormData()
    form.set('draft', id)
    const began = performance.now()
    const reply = await fetch(`${origin}/studio/drafts/${id}/review?_action=publishDraft`, {
      ...{ method: 'POST', headers, body: form, redirect: 'manual' },
    })
    if (reply.status !== 303) throw new Error(`It was not published: ${reply.status} ${await reply.text()}`)
    while (!(await get(lesson.path)).includes(words)) if (performance.now() - began > 10_000) break
    times.push(performance.now() - began)
  }
  return times
}

/** Milliseconds from the press of “withdraw” to a reader who is told that the page is gone. */
async function withdrawTimes(origin: string, headers: Record<string, string>): Promise<number[]> {
  const page = `${origin}/studio/library/${lesson.id}`
  const press = async (action: string) => {
    const body = new FormData()
    body.set('document', lesson.id)
    body.set('reason', '引文归属有疑，正在复核')
    const reply = await fetch(`${page}?_action=${action}`, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
    })
    if (reply.status !== 303) throw new Error(`${action}: ${reply.status} ${await reply.text()}`)
  }
  const times: number[] = []
  for (let round = 0; round < publications; round++) {
    await fetch(origin + lesson.path)
    const began = performance.now()
    await press('withdrawDocument')
    while ((await fetch(origin + lesson.path)).status !== 410) if (performance.now() - began > 10_000) break
    times.push(performance.now() - began)
    await press('restoreDocument')
  }
  return times
}

const itemsOf = async (post: Post, draft: string) =>
  (await post<{ itemsSource: string | null }>('/studio/open', { draft })).itemsSource

async function timesOf(count: number, work: (round: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < count; round++) {
    const began = performance.now()
    await work(round)
    times.push(performance.now() - began)
  }
  return times
}

const p95 = (times: number[]) => times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? 0
