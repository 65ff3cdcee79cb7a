// `npm run export -- --out DIR`: writes the public part of the site as static pages with a search, for a host without
// our server. `--site https://…` lets them link to the site; `--demo` takes the demo's data.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { demoSettings, requireSettings, useSettings, type Settings } from '#env.ts'
import { exportCommands } from '#export/export.server.ts'
import { requireOwnDatabase } from '#process/demo-mark.server.ts'
import { bringInContent } from '#process/library-at-start.server.ts'
import { runCommand } from '#process/run-command.server.ts'

// Read by libraries when the pages are loaded.
process.env['NODE_ENV'] = 'production'

const usage = `用法：npm run export -- --out 目录
  可选：--site https://网站的地址（静态网页里要登录、答题、记学时的地方链接到那里）
        --demo（导出演示的内容）`

function readArguments() {
  const options = { out: { type: 'string' }, site: { type: 'string' }, demo: { type: 'boolean' } } as const
  try {
    const { out, site, demo } = parseArgs({ options, strict: true }).values
    if (out) return { out: resolve(out), site: site === undefined ? null : readSite(site), demo }
  } catch (error) {
    if (error instanceof WrongSite) throw error
  }
  throw new Error(usage)
}

class WrongSite extends Error {}

function readSite(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url.origin
  throw new WrongSite(
    `--site ${text} 不是网站的地址。只写协议和主机，例如 --site https://lianxue.example.gov.cn`,
  )
}

/** What `npm start` does before it lets anybody in. */
async function prepare(settings: Settings) {
  useSettings(settings)
  await requireOwnDatabase(settings.demo, settings.dataDir)
  await bringInContent(settings)
}

await runCommand({
  command: 'export',
  commands: exportCommands,
  read: () => {
    const { demo, ...args } = readArguments()
    return { args, settings: demo ? demoSettings() : requireSettings() }
  },
  prepare,
})
