// `npm run bench:hours`: plays every trace over HTTP against the built server and prints two numbers, the differences
// from what human witnesses granted: forged minutes credited and honest minutes refused. Both should be 0.
import { buildIfNeeded } from '#process/build.server.ts'
import { playAll } from '../record/hours/traces/play.ts'

await buildIfNeeded((line) => console.log(line))
const minutes = (value: number) => value.toFixed(1).padStart(6)
console.log('minutes            granted          found          differs')
console.log('               credited counted credited counted forged refused')
let unearned = 0
const { forged, refused } = await playAll(({ file, trace, found, differs }) => {
  console.log(`${file.replace('.ts', '')}: ${trace.title}`)
  for (const [name, granted] of Object.entries(trace.witness)) {
    const { credited = 0, counted = 0 } = found[name] ?? {}
    if (trace.kind === 'attack' && granted.credited === 0) unearned += counted
    const columns = [granted.credited, granted.counted, credited, counted].map(minutes).join('  ')
    console.log(`  ${name.padEnd(12)} ${columns}`)
  }
  if (differs.forged + differs.refused > 0)
    console.log(`  differs: forged ${minutes(differs.forged)}, refused ${minutes(differs.refused)}`)
})
console.log(`\nforged minutes credited: ${forged.toFixed(1)}`)
console.log(`honest minutes refused: ${refused.toFixed(1)}`)
console.log(`counted to attacks that were credited nothing: ${unearned.toFixed(1)}`)
process.exitCode = forged + refused > 0 ? 1 : 0
