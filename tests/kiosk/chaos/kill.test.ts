// The server is killed while a screen syncs: before it stored anything, between commit and reply, while it brings what
// it stored where it belongs. The screen sends again what was not acknowledged, and the ledger says what it says of a
// screen to which nothing happened. `npm run test:long` kills it forty times.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { now, setClock } from '#clock.server.ts'
import { read, write } from '#db/database.server.ts'
import { kioskEntry } from '#db/schema/kiosk.ts'
import { limit, unit } from '#db/schema/people.ts'
import { settings, useSettings } from '#env.ts'
import { entriesSettled, settleWaiting } from '#kiosk/intake/settle.server.ts'
import { bringInContent } from '#process/library-at-start.server.ts'
import { log } from '#process/log.server.ts'
import { withCopy } from '../../faults/kept.ts'
import { prepare } from '../../faults/prepare.ts'
import { secret, Served } from '../../faults/process.ts'
import { chaosProxy, type ChaosProxy, type Way } from '../../support/chaos-proxy.ts'
import { Machine, openFront } from '../../support/kiosk-device.ts'
import * as halls from './hall.ts'

log.level = 'silent'
const kills = process.env['LONG'] ? 40 : 6
/** The morning after today in China; the process is as far ahead as the day in the hall was long. */
const morning = (Math.floor(Date.now() / 86_400_000) + 1) * 86_400_000 + 30 * halls.minute

let folder = ''
let site: Served | undefined
let proxy: ChaosProxy | undefined
const before = now
afterEach(async () => {
  setClock(before)
  await site?.end('SIGKILL')
  await proxy?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** So many halls that have all lived through the same day without a line. */
async function livedHalls(count: number): Promise<halls.Hall[]> {
  setClock(() => new Date(morning))
  useSettings({ ...settings, secret })
  const front = await openFront()
  const at = '2026-01-01T00:00:00.000Z'
  const county = { id: 'county', parentId: null, path: '/county/', name: '青溪县', kind: 'county' as const }
  await write((tx) => tx.insert(unit).values({ ...county, createdAt: at }))
  const taught = await halls.shortestLesson()
  const all: halls.Hall[] = []
  for (let i = 0; i < count; i++) {
    await write((tx) => tx.delete(limit))
    front.proxy.arm()
    const machine = new Machine(front.origin, morning)
    const village = `village-${i}`
    const people = await halls.settlePeople(village)
    const device = await machine.enrol(village, '村部大厅')
    front.proxy.arm({ cut: { way: 'up', after: 0 } })
    const hall = { machine, village, kiosk: device.standing().kiosk ?? '', people, taught }
    await halls.day(hall, (milliseconds) => machine.run(milliseconds))
    all.push(hall)
  }
  await front.close()
  setClock(before)
  return all
}

/** When it is killed: after so many bytes one way, or right after the whole reply. */
type Moment = { way: Way; after: number } | null

/** A sync takes so many bytes each way, of which the hello is the first. */
function momentsIn(whole: Record<Way, number>, hello: Record<Way, number>): Moment[] {
  const chosen: Moment[] = [
    // The hello is stored, its reply on the way; the same of the entries.
    { way: 'down', after: 0 },
    { way: 'down', after: hello.down },
    { way: 'down', after: hello.down + 30 },
    { way: 'up', after: Math.round((hello.up + whole.up) / 2) },
    // Everything was sent and nothing read yet, or it is just being stored.
    { way: 'up', after: whole.up },
    null,
  ]
  const more = Array.from({ length: kills - chosen.length }, (_, i): Moment => {
    const way = i % 2 === 0 ? 'up' : 'down'
    return { way, after: Math.round((whole[way] * i) / (kills - chosen.length)) }
  })
  return [...chosen, ...more]
}

test(
  `killed ${kills} times while a screen syncs, the server loses nothing and counts nothing twice`,
  { timeout: kills * 20_000 + 240_000 },
  async () => {
    folder = mkdtempSync(join(tmpdir(), 'lianxue-kiosk-kill-'))
    let all: halls.Hall[] = []
    await prepare(folder, 0, async () => void (all = await livedHalls(kills + 2)))
    const [idle, plain, ...struck] = all as [halls.Hall, halls.Hall, ...halls.Hall[]]
    const line = (proxy = await chaosProxy(() => site?.port ?? 0))
    const running = (site = await Served.on(folder, line.port))
    const evening = plain.machine.wall
    running.ahead = evening - Date.now()
    for (const { machine } of all) machine.origin = running.origin
    await running.start()
    const sync = async ({ machine }: halls.Hall) => {
      line.arm()
      await machine.device.meet()
      expect(machine.device.standing()).toMatchObject({ online: true, waiting: 0, refused: 0 })
      return { ...line.passed }
    }
    const whole = await sync(plain)
    await sync(idle)
    // What is sent now is a hello and nothing else.
    const hello = await sync(idle)

    for (const [i, moment] of momentsIn(whole, hello).entries()) {
      const { device } = (struck[i] as halls.Hall).machine
      let killed: Promise<void> | null = null
      const kill = () => (killed ??= running.end('SIGKILL'))
      line.arm(moment ? { cut: moment, atCut: () => void kill() } : {})
      await device.meet()
      await kill()
      line.arm()
      await running.start()
      await sync(struck[i] as halls.Hall)
    }
    await running.end('SIGTERM')

    await withCopy(folder, async (copy) => {
      setClock(() => new Date(Date.now() + running.ahead))
      await bringInContent({ dataDir: copy, hourRule: settings.hourRule })
      await settleWaiting()
      await entriesSettled()
      expect(await read.all(sql`pragma integrity_check`)).toEqual([{ integrity_check: 'ok' }])
      const expected = await halls.ledgerOf(plain, evening)
      expect(expected.people.map(({ derived }) => derived['credit']?.length)).toEqual([2, 0, 1])
      for (const hall of struck) {
        expect(await halls.ledgerOf(hall, evening)).toEqual(expected)
        const rows = await read
          .select()
          .from(kioskEntry)
          .where(eq(kioskEntry.kioskId, hall.kiosk))
          .orderBy(kioskEntry.seq)
        expect(rows.map(({ seq, state }) => ({ seq, state }))).toEqual(
          rows.map((_, n) => ({ seq: n + 1, state: 'settled' })),
        )
      }
    })
  },
)
