// Makes of each source one plain script for browsers. A process of its own (`node bundle.ts <source…>`) that prints
// them as a list in JSON.
import { build } from 'vite'

async function bundle(entry: string): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      // As the pages themselves (astro.config.mjs).
      target: 'chrome99',
      lib: { entry, formats: ['iife'], name: 'script' },
    },
  })
  const [first] = [made].flat()
  const chunk = first && 'output' in first ? first.output[0] : undefined
  if (!chunk) throw new Error(`Nothing was made of ${entry}.`)
  return chunk.code
}

const made: string[] = []
for (const entry of process.argv.slice(2)) made.push(await bundle(entry))
process.stdout.write(JSON.stringify(made))
