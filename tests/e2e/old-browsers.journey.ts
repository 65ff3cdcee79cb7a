// Halls have old boxes, and desks old computers: the built scripts ask for nothing that Chrome 99 does not have. Syntax is
// lowered by the build (astro.config.mjs); methods are not.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'

const client = join(import.meta.dirname, '../../dist/client')
/** Asked for without looking first whether they are there. */
const newer = [
  ...['toSorted', 'toReversed', 'toSpliced', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom'],
  ...['Map.groupBy', 'Object.groupBy', 'Array.fromAsync', 'Promise.withResolvers', 'Promise.try'],
  ...['AbortSignal.timeout', 'AbortSignal.any', 'isWellFormed', 'toWellFormed'],
]

test('the scripts of the pages and of the screens run on Chrome 99', () => {
  const files = readdirSync(client, { recursive: true, encoding: 'utf8' }).filter((one) =>
    /\.m?js$/.test(one),
  )
  expect(files).toContain('kiosk-worker.js')
  expect(files.some((one) => /Kiosk\./.test(one))).toBe(true)
  const asked = files.flatMap((file) => {
    const text = readFileSync(join(client, file), 'utf8')
    return newer.filter((name) => text.includes(`${name}(`)).map((name) => `${file}: ${name}`)
  })
  expect(asked).toEqual([])
})
