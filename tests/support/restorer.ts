// A process of its own that restores a backup and kills itself before the change of files of that number; with 0 it
// lives. Says how many changes there were.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const [dataDir = '', from = '', killAt = '0'] = process.argv.slice(2)

let changes = 0
const changing = [
  'mkdirSync',
  'renameSync',
  'rmSync',
  'writeFileSync',
  'linkSync',
  'createWriteStream',
] as const
for (const name of changing) {
  const real = fs[name] as (...args: unknown[]) => unknown
  const counted = (...args: unknown[]) => {
    if ((changes += 1) === Number(killAt)) process.kill(process.pid, 'SIGKILL')
    return real(...args)
  }
  Object.assign(fs, { [name]: counted })
}
syncBuiltinESMExports()

const { restore } = await import('#process/restore.server.ts')
const quiet = () => undefined
await restore(dataDir, { from, replaceForeign: false }, { say: quiet, progress: quiet })
process.stdout.write(String(changes))
