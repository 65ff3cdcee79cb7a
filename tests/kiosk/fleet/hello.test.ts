import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import { read } from '#db/database.server.ts'
import { kiosk, kioskContact } from '#db/schema/kiosk.ts'
import { assignment } from '#db/schema/people.ts'
import { revoke } from '#kiosk/fleet/approve.server.ts'
import { forgetSheets } from '#kiosk/fleet/sheet.server.ts'
import { kioskOf } from '#kiosk/fleet/token.server.ts'
import { HallSheet } from '#kiosk/hall-sheet.ts'
import { closeAccount } from '#people/roster/account.server.ts'
import { endAssignment } from '#people/roster/assign.server.ts'
import { addPerson, addUnits, refusal } from '../../people/house.ts'
import { freshDatabase } from '../../support/database.ts'
import { anAdministrator, enrolKiosk, sayHello, type TestKiosk } from '../../support/kiosk.ts'

freshDatabase()
beforeAll(async () => {
  await addUnits({ county: '/county/', village: '/county/village/' })
  await addPerson({ number: 'G0001', name: '李青', unit: 'village' })
})

const rowOf = async ({ id }: TestKiosk) => {
  const [row] = await read.select().from(kiosk).where(eq(kiosk.id, id))
  if (!row) throw new Error('The kiosk is gone.')
  return row
}
const contactsOf = ({ id }: TestKiosk) =>
  read.select().from(kioskContact).where(eq(kioskContact.kioskId, id)).orderBy(kioskContact.at)

/** What a screen with this sheet hears, once the sheet is put together anew. */
async function namesOnSheet(screen: TestKiosk, sheet: string | null = null) {
  forgetSheets()
  const reply = await sayHello(screen, { sheet })
  if (reply.is !== 'welcome') throw new Error(reply.is)
  const { version, roster } = HallSheet.parse(reply.sheet)
  return { version, names: roster.map(({ name }) => name) }
}

describe('a screen says hello', () => {
  test('it hears the sheet of its hall once, and has a token for the other addresses', async () => {
    const screen = await enrolKiosk({ unit: 'village', name: '村部大厅' })
    const first = await sayHello(screen)
    if (first.is !== 'welcome') throw new Error(first.is)
    const sheet = HallSheet.parse(first.sheet)
    expect(sheet.kiosk).toEqual({ id: screen.id, name: '村部大厅' })
    expect(sheet.roster.map(({ name }) => name)).toEqual(['李青'])
    expect(JSON.stringify(sheet)).not.toContain('G0001')
    expect(await kioskOf(first.token)).toEqual({ id: screen.id, unitId: 'village', name: '村部大厅' })
    expect(await sayHello(screen, { sheet: sheet.version })).toMatchObject({ is: 'welcome', sheet: null })
  })

  test('whose account was closed, or whose post has ended, is off the next sheet', async () => {
    await addUnits({ hamlet: '/county/hamlet/' })
    const closed = await addPerson({ number: 'G0002', name: '王停用', unit: 'hamlet' })
    const moved = await addPerson({ number: 'G0003', name: '赵调走', unit: 'hamlet' })
    await addPerson({ number: 'G0004', name: '钱留下', unit: 'hamlet' })
    const screen = await enrolKiosk({ unit: 'hamlet', name: '祠堂' })
    const first = await namesOnSheet(screen)
    expect(first.names).toEqual(['钱留下', '王停用', '赵调走'])

    await closeAccount(anAdministrator, closed)
    const second = await namesOnSheet(screen, first.version)
    expect(second.names).toEqual(['钱留下', '赵调走'])

    const [post] = await read.select().from(assignment).where(eq(assignment.personId, moved))
    const yesterday = dayOf(new Date(now().getTime() - 86_400_000).toISOString())
    await endAssignment(anAdministrator, { assignmentId: post?.id ?? '', toOn: yesterday })
    expect((await namesOnSheet(screen, second.version)).names).toEqual(['钱留下'])
  })

  test('what it says of itself is on its row, and each hello is a contact that names the one heard before', async () => {
    const screen = await enrolKiosk({ unit: 'village', name: '文化室' })
    const first = await sayHello(screen)
    const at = new Date(Date.now() + 3_600_000).toISOString()
    const storage = { used: 5, quota: 9 }
    await sayHello(screen, { at, seq: 7, up: 60_000, off: 9, pack: 'p1', queue: 3, storage, app: '2' })
    const row = await rowOf(screen)
    const told = { turn: 2, seq: 7, pack: 'p1', queue: 3, storageUsed: 5, storageQuota: 9, app: '2' }
    expect(row).toMatchObject(told)
    expect(Math.round((row.clockErrorSeconds ?? 0) / 60)).toBe(60)
    const contacts = await contactsOf(screen)
    expect(contacts.map(({ heard, seq, up, off }) => ({ heard, seq, up, off }))).toEqual([
      { heard: null, seq: 0, up: 0, off: 0 },
      { heard: first.is === 'welcome' && first.contact, seq: 7, up: 60_000, off: 9 },
    ])
  })

  test('a repeated or overtaken hello changes nothing and is told the turn', async () => {
    const screen = await enrolKiosk({ unit: 'village', name: '老屋' })
    await sayHello(screen, { turn: 5 })
    expect(await sayHello(screen, { turn: 5, pack: 'old' })).toEqual({ is: 'overtaken', turn: 5 })
    expect(await sayHello(screen, { turn: 4, pack: 'old' })).toEqual({ is: 'overtaken', turn: 5 })
    expect((await rowOf(screen)).pack).toBeNull()
    expect(await contactsOf(screen)).toHaveLength(1)
  })

  test('of many hellos at once the highest turn of each screen stands', async () => {
    const screens = [
      await enrolKiosk({ unit: 'village', name: '一' }),
      await enrolKiosk({ unit: 'village', name: '二' }),
    ] as const
    const replies = await Promise.all(
      [3, 1, 2].flatMap((turn) => screens.map((screen) => sayHello(screen, { turn, queue: turn }))),
    )
    expect(replies.filter(({ is }) => is === 'welcome').length).toBeGreaterThanOrEqual(2)
    for (const screen of screens) expect(await rowOf(screen)).toMatchObject({ turn: 3, queue: 3 })
  })

  test('nobody else speaks for it', async () => {
    const screen = await enrolKiosk({ unit: 'village', name: '真' })
    const other = await enrolKiosk({ unit: 'village', name: '假' })
    const posing = { ...other, id: screen.id }
    expect(await refusal(sayHello(posing))).toMatchObject({ kind: 'invalid' })
    expect(await refusal(sayHello({ ...screen, id: 'nobody' }))).toMatchObject({ kind: 'invalid' })
    expect(await contactsOf(screen)).toEqual([])
  })

  test('out of use, it hears so, its token opens nothing, and it says that it is empty', async () => {
    const screen = await enrolKiosk({ unit: 'village', name: '被偷的' })
    await sayHello(screen)
    await revoke(anAdministrator, { kiosk: screen.id })
    expect(await sayHello(screen, { pack: 'p1', queue: 2 })).toEqual({ is: 'revoked' })
    expect((await rowOf(screen)).emptiedAt).toBeNull()
    expect(await refusal(kioskOf(screen.token))).toMatchObject({ kind: 'signed-out' })
    expect(await sayHello(screen)).toEqual({ is: 'revoked' })
    expect((await rowOf(screen)).emptiedAt).not.toBeNull()
    expect(await contactsOf(screen)).toHaveLength(1)
  })
})
