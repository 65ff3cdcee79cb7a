// `npm run build`: makes dist/ from the pages; does nothing when nothing has changed.
import { buildIfNeeded } from '#process/build.server.ts'

await buildIfNeeded((line) => console.log(line)).catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
