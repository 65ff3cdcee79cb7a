// `npm run demo`: builds the pages, makes an invented county with a year behind it, serves it on this machine and says
// where and as whom to look. A second start uses what is there.
import { accountNotes, demoPassword, learnerPin } from '#demo/accounts.ts'
import { demoSettings } from '#env.ts'
import { buildIfNeeded } from '#process/build.server.ts'

// Read by libraries while they are loaded, so it is set before the server is.
process.env['NODE_ENV'] = 'production'

const say = (line: string) => console.log(line)

function sayWhere(origin: string, people: { id: string; name: string }[]) {
  say('')
  say(`演示已启动：${origin}`)
  say(`  登录 ${origin}/sign-in　课程 ${origin}/courses　人员 ${origin}/admin/people（admin）`)
  for (const { id, name } of people) say(`  ${name}的学习 ${origin}/people/${id}（officer、reader）`)
  say(`  账号，密码都是 ${demoPassword}：`)
  for (const [number, note] of Object.entries(accountNotes)) say(`    ${number.padEnd(10)}${note}`)
  say(`    别的人用工号登录，例如 QX1003，密码相同。learner 的 PIN 是 ${learnerPin}（一体机用）。`)
  say('人和事都是虚构的，只在本机能打开。按 Ctrl+C 停止；再次启动会接着用这些数据。')
}

try {
  const settings = demoSettings({ LOG_LEVEL: 'warn', ...process.env })
  say('第1步，共3步：页面')
  await buildIfNeeded((line) => say(`  ${line}`))

  const { clearUnfinished, seedIfNeeded, worthALook } = await import('#demo/prepare.server.ts')
  const { startServer, stopOnSignal } = await import('#server.ts')
  say('第2步，共3步：数据库与课程内容')
  const fresh = await clearUnfinished(settings.dataDir)
  say(`  ${settings.dataDir}${fresh ? '（新建）' : '（已有，接着用）'}`)
  const running = await startServer(settings, {
    prepare: () => {
      say(`第3步，共3步：虚构的青溪县${fresh ? '，写入一年的学习记录，大约半分钟' : '已经备好'}`)
      return seedIfNeeded(say, settings.dataDir)
    },
  })
  stopOnSignal(running.close)
  sayWhere(running.origin, await worthALook())
} catch (error) {
  const { message, stack } = error as Error
  // What is said in Chinese is for whoever runs the demo; anything else is a bug, with its place.
  console.error(/\p{Script=Han}/u.test(message) ? message : stack)
  process.exit(1)
}
