// `npm run admin:create -- --unit 青溪县`: makes the first three administrators and prints a one-time link for each;
// `-- --reissue admin-system` prints a new link for one. Speaks to the running server, or opens the database itself.
import { parseArgs } from 'node:util'
import { closeDatabase, openDatabase } from '#db/database.server.ts'
import { ask } from '#db/lock.server.ts'
import { requireSettings, SettingsRefused } from '#env.ts'
import { adminCommands } from '#people/first-admins.server.ts'

const usage = `用法：npm run admin:create -- --unit 最上级单位
  可选：--system 姓名  --security 姓名  --audit 姓名
  给一位管理员新的链接：npm run admin:create -- --reissue admin-system`

const say = (line: string) => console.log(line)

function readArguments() {
  const text = { type: 'string' } as const
  const options = { unit: text, system: text, security: text, audit: text, reissue: text }
  try {
    return { ...parseArgs({ options, strict: true }).values }
  } catch {
    throw new Error(usage)
  }
}

async function runHere(dataDir: string, args: object): Promise<string> {
  await openDatabase(dataDir)
  try {
    return (await adminCommands['admin:create']?.(args, say)) ?? ''
  } finally {
    await closeDatabase()
  }
}

try {
  const args = readArguments()
  const { dataDir } = requireSettings()
  say((await ask(dataDir, 'admin:create', args, say)) ?? (await runHere(dataDir, args)))
} catch (error) {
  const { message } = error as Error
  console.error(error instanceof SettingsRefused ? message : `没有完成：${message}`)
  process.exitCode = 1
}
