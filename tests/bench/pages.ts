// Lesson pages: drawn anew, from memory beside sirv with the same bytes, and how much script they bring.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { compete, connections, quantile, type Result } from './load.ts'
import { startProcess, type Process } from './process.ts'
import { settingsIn } from './settings.ts'
import { atLeast, atMost, figure, type Line } from './table.ts'

const renders = 200
const encoding = { 'accept-encoding': 'br' }

export async function measurePages(): Promise<Line[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lianxue-bench-'))
  const site = startProcess('site.ts', settingsIn(join(folder, 'data')))
  try {
    const origin = await site.ask<string>('origin')
    const { path } = await site.ask<{ path: string }>('lesson')
    return [
      await drawAnew(site, origin + path),
      ...(await fromMemory(origin, path, folder)),
      await weighScripts(origin, path),
    ]
  } finally {
    await site.stop('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}

/** From the request to the last byte, when nothing of the page is kept. */
async function drawAnew(site: Process, url: string): Promise<Line> {
  const times: number[] = []
  for (let i = 0; i < renders + renders / 2; i++) {
    await site.ask('forgetPages')
    const began = performance.now()
    await getRaw(url, encoding['accept-encoding'])
    times.push(performance.now() - began)
  }
  const warm = times.slice(renders / 2)
  const p99 = `, p99 ${figure(quantile(warm, 0.99))} ms`
  return atMost('lesson page drawn anew, p50', quantile(warm, 0.5), 15, ' ms', p99)
}

/** The page as our process keeps it, and the very same bytes as a file that sirv has compressed before. */
async function fromMemory(origin: string, path: string, folder: string): Promise<Line[]> {
  const served = await startSirv(folder, path, await sentBytes(origin + path))
  try {
    const results = await compete({
      ours: { url: origin + path, headers: encoding },
      sirv: { url: (await served.ask<string>('origin')) + path, headers: encoding },
    })
    return compare(results)
  } finally {
    await served.stop()
  }
}

const plain = ({ perSecond, p50, p99 }: Result) =>
  `${figure(perSecond)} /s, p50 ${figure(p50)} ms, p99 ${figure(p99)} ms`

function compare({ ours, sirv }: Record<'ours' | 'sirv', Result>): Line[] {
  const ratio = ours.perSecond / sirv.perSecond
  return [
    { what: `lesson page from memory, ${connections} connections`, measured: plain(ours) },
    atLeast('… against sirv with the same bytes', ratio, 0.5, '×', ` of ${plain(sirv)}`),
  ]
}

/** What goes over the line: the page, and the page as it is compressed. */
const sentBytes = async (url: string) => ({
  page: await getRaw(url, 'identity'),
  compressed: await getRaw(url, 'br'),
})

/** The bytes as they were sent; `fetch` would give them back unpacked. */
function getRaw(url: string, accepted: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { 'accept-encoding': accepted } }, (answer) =>
      buffer(answer).then(resolve, reject),
    )
    asked.on('error', reject).end()
  })
}

type Sent = { page: Buffer; compressed: Buffer }

async function startSirv(folder: string, path: string, { page, compressed }: Sent): Promise<Process> {
  const file = join(folder, 'public', path, 'index.html')
  mkdirSync(join(folder, 'public', path), { recursive: true })
  writeFileSync(file, page)
  writeFileSync(`${file}.br`, compressed)
  return startProcess('rivals/sirv.ts', { NODE_ENV: 'production', PUBLIC_DIR: join(folder, 'public') })
}

/** Everything that the page's modules import, all the way down, and what stands in the page itself. */
async function weighScripts(origin: string, path: string): Promise<Line> {
  const html = await (await fetch(origin + path)).text()
  const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([^]*?)<\/script>/g)].map(
    (match) => match[1] ?? '',
  )
  const modules = new Map<string, string>()
  const follow = async (address: string) => {
    if (modules.has(address)) return
    modules.set(address, '')
    const source = await (await fetch(origin + address)).text()
    modules.set(address, source)
    for (const [, name] of source.matchAll(/["']\.\/([\w.-]+\.js)["']/g)) await follow(`/_astro/${name}`)
  }
  for (const [address] of html.matchAll(/\/_astro\/[\w.-]+\.js/g)) await follow(address)
  const bytes = [...modules.values(), ...inline].reduce(
    (sum, text) => sum + gzipSync(text, { level: 9 }).length,
    0,
  )
  const more = ` in ${modules.size} modules and ${inline.length} pieces in the page`
  return atMost('script of a lesson page, gzip', bytes / 1024, 40, ' KB', more)
}
