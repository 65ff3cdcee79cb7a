// `npm start`: the process in production. It refuses to start with a wrong setting and says which.
import { inWords } from '#db/lock.server.ts'
import { requireSettings } from '#env.ts'
import { terminal } from '#process/terminal.server.ts'

// Read by libraries while they are loaded, so it is set before the server is.
process.env['NODE_ENV'] = 'production'

try {
  const settings = requireSettings()
  const { startServer, stopOnSignal } = await import('#server.ts')
  const { end, ...told } = terminal(process.stdout)
  const running = await startServer(settings, { told }).finally(end)
  stopOnSignal(running.close)
  console.log(`${settings.site.name}已启动：${running.origin}`)
} catch (error) {
  const words = inWords(error)
  // What is said in Chinese is for whoever runs the site; anything else is a bug, with its place.
  console.error(/\p{Script=Han}/u.test(words) ? words : (error as Error).stack)
  process.exit(1)
}
