// `npm start`: the process in production. It refuses to start with a wrong setting and says which.
import { requireSettings } from '#env.ts'

// Read by libraries while they are loaded, so it is set before the server is.
process.env['NODE_ENV'] = 'production'

try {
  const settings = requireSettings()
  const { startServer, stopOnSignal } = await import('#server.ts')
  const running = await startServer(settings)
  stopOnSignal(running.close)
  console.log(`${settings.site.name}已启动：${running.origin}`)
} catch (error) {
  const { message, stack } = error as Error
  // What is said in Chinese is for whoever runs the site; anything else is a bug, with its place.
  console.error(/\p{Script=Han}/u.test(message) ? message : stack)
  process.exit(1)
}
