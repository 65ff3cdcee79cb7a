// `npm run dev`: Astro's development server behind our own front door, on the demo's data. Pages and islands are
// renewed while you look; rules and doors (`#….ts`) run as written by Node, so a change in them restarts the process
// (`node --watch`, see package.json).
import { dev } from 'astro'
import type { Connect, Plugin } from 'vite'
import { closeDatabase, openDatabase } from '#db/database.server.ts'
import { clearUnfinished, seedIfNeeded } from '#demo/prepare.server.ts'
import { demoSettings, useSettings } from '#env.ts'
import { usePlaylists } from '#kiosk/pack/playlists.server.ts'
import { root } from '#process/build.server.ts'
import { requireOwnDatabase } from '#process/demo-mark.server.ts'
import { openFrontDoor } from '#process/front-door.server.ts'
import { bringInContent, contentDir } from '#process/library-at-start.server.ts'
import { firstAnswers, stopOnSignal } from '#server.ts'

const settings = useSettings({ ...demoSettings(), mode: 'development' })

/** What the tools ask for themselves: modules, hot updates, sources. */
const ofTheTools = /^\/(@|__|src\/|node_modules\/|\.astro\/)/

/** Everything else comes through the same door as in production. Inline scripts of the tools forbid the policy. */
function frontDoor(): Plugin {
  const door = openFrontDoor(settings, firstAnswers(settings), false)
  const step: Connect.NextHandleFunction = (req, res, next) =>
    ofTheTools.test(req.url ?? '') ? next() : void door(req, res, next)
  return { name: 'front-door', configureServer: (server) => void server.middlewares.use(step) }
}

await clearUnfinished(settings.dataDir)
await openDatabase(settings.dataDir)
await requireOwnDatabase(true, settings.dataDir)
await bringInContent(settings)
usePlaylists(contentDir)
await seedIfNeeded((line) => console.log(line), settings.dataDir)

const { port, host } = settings
const server = await dev({
  root,
  server: { port, host },
  vite: { plugins: [frontDoor()], server: { strictPort: true } },
})
// Vite would end the process as soon as it has ended itself, before the database is closed.
for (const signal of ['SIGTERM', 'SIGINT']) process.removeAllListeners(signal)
stopOnSignal(async () => {
  await server.stop()
  await closeDatabase()
})
