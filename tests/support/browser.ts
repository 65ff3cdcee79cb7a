// A real Chromium from npm, with Chinese letters. The browser brings no Chinese font and cannot read the packed
// fonts of npm, so they are unpacked once into a folder of the system's fonts: pages see an ordinary computer with
// Noto Sans SC, and nothing is added to the page or taken from its content policy.
import { mkdirSync, readFileSync, readdirSync, renameSync, existsSync, writeFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inflateSync } from 'node:zlib'
import { chromium, type Browser, type LaunchOptions } from '@playwright/test'
import packed from '@sparticuz/chromium'

/** Switches of the packed browser for a cloud function that would weaken what our tests look at, or crash with pages in parallel. */
const unwanted = new Set([
  '--single-process',
  '--no-zygote',
  '--disable-web-security',
  '--allow-running-insecure-content',
  '--disable-site-isolation-trials',
])

/** What Playwright needs to start this Chromium: use it in a config (`launchOptions`) or with `launchBrowser()`. */
export async function browserOptions(): Promise<LaunchOptions> {
  return {
    executablePath: await packed.executablePath(),
    args: packed.args.filter((arg) => !unwanted.has(arg)),
    env: { ...(process.env as Record<string, string>), FONTCONFIG_FILE: chineseFonts() },
  }
}

/** Starts the browser. Make one context per journey, and close the browser in the end. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch(await browserOptions())
}

/** Unpacks the fonts unless it was done before; the path of a fontconfig file that names them. */
function chineseFonts(): string {
  const manifest = createRequire(import.meta.url).resolve('@fontsource/noto-sans-sc/package.json')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  const home = path.join(tmpdir(), `lianxue-fonts-${version}`)
  if (!existsSync(home)) unpackInto(home, path.join(path.dirname(manifest), 'files'))
  return path.join(home, 'fonts.conf')
}

/** Written beside and renamed, so that two workers starting together never see half of it. */
function unpackInto(home: string, files: string) {
  const draft = `${home}-${process.pid}`
  mkdirSync(path.join(draft, 'fonts'), { recursive: true })
  for (const name of readdirSync(files).filter(isNeeded)) {
    const font = unpackWoff(readFileSync(path.join(files, name)))
    writeFileSync(path.join(draft, 'fonts', name.replace(/woff$/, 'ttf')), font)
  }
  writeFileSync(path.join(draft, 'fonts.conf'), fontsConf(home))
  try {
    renameSync(draft, home)
  } catch {
    rmSync(draft, { recursive: true }) // another worker was first
  }
}

/** The common characters in three weights, and in one weight the slices that hold everything else. */
function isNeeded(name: string): boolean {
  return /-chinese-simplified-[456]00-normal\.woff$/.test(name) || /-sc-\d+-400-normal\.woff$/.test(name)
}

function fontsConf(home: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${home}/fonts</dir>
  <cachedir>${home}/cache</cachedir>
</fontconfig>
`
}

/** WOFF 1.0 (W3C, 2012) to a plain font file: the same tables, each inflated, behind an sfnt directory. */
function unpackWoff(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12)
  const tables = Array.from({ length: count }, (_, place) => readTable(woff, 44 + 20 * place))
  const directory = Buffer.alloc(12 + 16 * count)
  const power = Math.floor(Math.log2(count))
  woff.copy(directory, 0, 4, 8)
  directory.writeUInt16BE(count, 4)
  directory.writeUInt16BE(16 * 2 ** power, 6)
  directory.writeUInt16BE(power, 8)
  directory.writeUInt16BE(16 * count - 16 * 2 ** power, 10)
  let offset = directory.length
  tables.forEach((table, place) => {
    const at = 12 + 16 * place
    table.tag.copy(directory, at)
    directory.writeUInt32BE(table.checksum, at + 4)
    directory.writeUInt32BE(offset, at + 8)
    directory.writeUInt32BE(table.length, at + 12)
    offset += table.body.length
  })
  return Buffer.concat([directory, ...tables.map((table) => table.body)])
}

/** One table, its body padded to four bytes as the format asks. */
function readTable(woff: Buffer, at: number) {
  const offset = woff.readUInt32BE(at + 4)
  const packedLength = woff.readUInt32BE(at + 8)
  const length = woff.readUInt32BE(at + 12)
  const raw = woff.subarray(offset, offset + packedLength)
  const body = packedLength < length ? inflateSync(raw) : raw
  const padding = Buffer.alloc((4 - (length % 4)) % 4)
  return {
    tag: woff.subarray(at, at + 4),
    checksum: woff.readUInt32BE(at + 16),
    length,
    body: Buffer.concat([body, padding]),
  }
}
