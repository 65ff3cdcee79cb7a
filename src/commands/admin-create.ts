// `npm run admin:create -- --unit 青溪县`: makes the first three administrators and prints a one-time link for each;
// `-- --reissue admin-system` prints a new link for one. Speaks to the running server, or opens the database itself.
import { parseArgs } from 'node:util'
import { requireSettings } from '#env.ts'
import { adminCommands } from '#people/first-admins.server.ts'
import { runCommand } from '#process/run-command.server.ts'

const usage = `用法：npm run admin:create -- --unit 最上级单位
  可选：--system 姓名  --security 姓名  --audit 姓名
  给一位管理员新的链接：npm run admin:create -- --reissue admin-system`

function readArguments() {
  const text = { type: 'string' } as const
  const options = { unit: text, system: text, security: text, audit: text, reissue: text }
  try {
    return { ...parseArgs({ options, strict: true }).values }
  } catch {
    throw new Error(usage)
  }
}

await runCommand({
  command: 'admin:create',
  commands: adminCommands,
  read: () => ({ args: readArguments(), settings: requireSettings() }),
})
