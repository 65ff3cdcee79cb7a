// A process that imports a content folder into an empty database, twice.
import { closeDatabase, openDatabase } from '#db/database.server.ts'
import { importLibrary } from '#course/import.server.ts'
import { requireSettings } from '#env.ts'
import { longestHold, watchLoop } from './hold.ts'
import { answerWith } from './process.ts'

const { dataDir } = requireSettings()
await openDatabase(dataDir)

answerWith({ load })

async function load(contentDir: string) {
  watchLoop()
  const first = await timed(contentDir)
  const hold = longestHold()
  const second = await timed(contentDir)
  await closeDatabase()
  const megabytes = process.resourceUsage().maxRSS / 1024
  if (second.published > 0) throw new Error('The second import should have found nothing new.')
  return { seconds: first.seconds, again: second.seconds, megabytes, hold }
}

async function timed(contentDir: string) {
  const began = performance.now()
  const { published, problems } = await importLibrary({ contentDir, dataDir })
  if (problems.length > 0) throw new Error(JSON.stringify(problems[0]))
  return { published: published.length, seconds: (performance.now() - began) / 1000 }
}
