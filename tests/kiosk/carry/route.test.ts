import { afterAll, beforeAll, expect, test } from 'vitest'
import { settings, useSettings } from '#env.ts'
import { takeCarried } from '#kiosk/carry/take-carried.server.ts'
import { openFrontDoor } from '#process/front-door.server.ts'
import { log } from '#process/log.server.ts'
import { hallRoutes } from '#process/study-routes.server.ts'
import { freshDatabase } from '../../support/database.ts'
import { listenHere, type Listening } from '../../support/http.ts'

log.level = 'silent'
freshDatabase()
let here: Listening
beforeAll(async () => {
  let door = openFrontDoor(settings, [])
  here = await listenHere((req, res) => void door(req, res))
  const rest = ({ res }: Parameters<ReturnType<typeof hallRoutes>>[0]) => (res.end('the page'), true)
  const answers = [hallRoutes({ carry: (_, body) => takeCarried(body) }), rest]
  door = openFrontDoor(useSettings({ ...settings, origin: here.origin }), answers)
})
afterAll(() => here.close())

test('nobody carries without signing in, and whoever opens the address gets the page', async () => {
  const headers = { origin: here.origin, 'content-type': 'application/json' }
  const sent = await fetch(`${here.origin}/hall/carry`, { method: 'POST', headers, body: '{}' })
  expect(sent.status).toBe(401)
  expect(await sent.json()).toMatchObject({ refused: 'signed-out' })
  expect(await (await fetch(`${here.origin}/hall/carry`)).text()).toBe('the page')
})
