import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { setClock } from '#clock.server.ts'
import { read } from '#db/database.server.ts'
import { kiosk, kioskEnrolment } from '#db/schema/kiosk.ts'
import { audit } from '#db/schema/people.ts'
import { approve, rename, revoke } from '#kiosk/fleet/approve.server.ts'
import { enrolledText, type EnrolledReply, type EnrolReply } from '#kiosk/fleet/enrolment.ts'
import { publicKeys, signText } from '#kiosk/fleet/keys.server.ts'
import { usePlaylists } from '#kiosk/pack/playlists.server.ts'
import { importPublic, makeSigningPair, publicOf, sign, verify } from '#kiosk/signing.ts'
import type { Session } from '#people/session.ts'
import { addUnits, refusal } from '../../people/house.ts'
import { freshDatabase } from '../../support/database.ts'
import { anAdministrator, askHere, enrolKiosk } from '../../support/kiosk.ts'

freshDatabase()
beforeAll(async () => {
  await addUnits({ county: '/county/', village: '/county/village/', far: '/far/' })
  usePlaylists('content')
})
afterAll(() => setClock(() => new Date()))

const asked = { name: '村部大厅', unit: 'village', playlist: 'county' }
const ofCounty: Session = {
  ...anAdministrator,
  grants: [{ role: 'system-admin', unitId: 'county', path: '/county/' }],
}

async function aScreen() {
  const pair = await makeSigningPair(false)
  const key = await publicOf(pair)
  const { code } = await askHere<EnrolReply>('enrol', { key })
  const poll = async (by = pair) =>
    askHere<EnrolledReply>('enrolled', { code, signature: await sign(by.privateKey, enrolledText(code)) })
  return { pair, key, code, poll }
}

test('a new screen shows a code, waits, and is let in with the keys of the server', async () => {
  const { code, poll } = await aScreen()
  expect(code).toMatch(/^[ACEFHJKMPRTWXY3479]{4}-[ACEFHJKMPRTWXY3479]{4}$/)
  expect(await poll()).toEqual({ is: 'waiting' })
  // As somebody types it who heard it by telephone.
  const { id } = await approve(ofCounty, { ...asked, code: ` ${code.toLowerCase().replace('-', ' ')}` })
  const reply = { is: 'enrolled', kiosk: id, server: await publicKeys() }
  expect(await poll()).toEqual(reply)
  expect(await poll()).toEqual(reply)
  const [row] = await read.select().from(kiosk).where(eq(kiosk.id, id))
  expect(row).toMatchObject({ name: '村部大厅', unitId: 'village', playlist: 'county', turn: 0 })
  expect(row?.enrolledBy).toBe('administrator')
  const [act] = await read.select().from(audit).where(eq(audit.target, id))
  expect(act).toMatchObject({ act: 'kiosk-approved', actorId: 'administrator' })
})

test('what the server signs, a screen can check with the key that it was given', async () => {
  const { signing } = await publicKeys()
  const signature = await signText('a pack')
  expect(await verify(await importPublic(signing), signature, 'a pack')).toBe(true)
  expect(await verify(await importPublic(signing), signature, 'another')).toBe(false)
})

test('a page that was loaded again shows the same code', async () => {
  const { key, code } = await aScreen()
  const [one, two] = await Promise.all([
    askHere<EnrolReply>('enrol', { key }),
    askHere<EnrolReply>('enrol', { key }),
  ])
  expect([one.code, two.code]).toEqual([code, code])
})

test('whoever overheard the code hears nothing', async () => {
  const { code, poll } = await aScreen()
  await approve(ofCounty, { ...asked, code })
  expect(await refusal(poll(await makeSigningPair(false)))).toMatchObject({ kind: 'invalid' })
})

test('a code is over after half an hour and works once', async () => {
  const late = await aScreen()
  setClock(() => new Date(Date.now() + 31 * 60_000))
  expect(await late.poll()).toEqual({ is: 'gone' })
  const { message } = await refusal(approve(ofCounty, { ...asked, code: late.code }))
  expect(message).toBe('没有这个登记码，或者过了三十分钟。')
  setClock(() => new Date())
  const { code } = await aScreen()
  await approve(ofCounty, { ...asked, code })
  expect(await refusal(approve(ofCounty, { ...asked, code }))).toMatchObject({ kind: 'already-done' })
})

test('an administrator lets in and takes out only in his own units', async () => {
  const { code } = await aScreen()
  const outside = approve(ofCounty, { ...asked, code, unit: 'far' })
  expect(await refusal(outside)).toMatchObject({ kind: 'not-yours' })
  const screen = await enrolKiosk({ unit: 'far', name: '远' })
  expect(await refusal(revoke(ofCounty, { kiosk: screen.id }))).toMatchObject({ kind: 'not-yours' })
  expect(await refusal(rename(ofCounty, { kiosk: screen.id, name: '近' }))).toMatchObject({
    kind: 'not-yours',
  })
})

test('what was filled in wrongly is named, and no screen is let in', async () => {
  const before = await read.select().from(kiosk)
  const { code } = await aScreen()
  expect((await refusal(approve(ofCounty, { ...asked, code: 'ABC' }))).message).toContain('八位')
  expect((await refusal(approve(ofCounty, { ...asked, code, name: ' ' }))).message).toContain('名称')
  expect((await refusal(approve(ofCounty, { ...asked, code, playlist: 'none' }))).message).toContain('播放单')
  expect(await read.select().from(kiosk)).toEqual(before)
})

test('a key in use stands for one screen; after it was taken out of use it is a new one', async () => {
  const { key, code, poll } = await aScreen()
  const first = await approve(ofCounty, { ...asked, code })
  const again = await askHere<EnrolReply>('enrol', { key })
  expect((await refusal(approve(ofCounty, { ...asked, code: again.code }))).message).toContain('村部大厅')
  await revoke(ofCounty, { kiosk: first.id })
  expect((await refusal(revoke(ofCounty, { kiosk: first.id }))).kind).toBe('closed')
  const second = await approve(ofCounty, { ...asked, code: again.code })
  expect(second.id).not.toBe(first.id)
  expect(await poll()).toMatchObject({ kiosk: first.id })
})

test('what is no key is refused, and one network cannot fill the list', async () => {
  const key = { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' }
  expect(await refusal(askHere('enrol', { key }))).toMatchObject({ kind: 'invalid' })
  expect(await refusal(askHere('enrol', {}))).toMatchObject({ kind: 'invalid' })
  const many = Array.from({ length: 201 }, aScreen)
  const outcomes = await Promise.allSettled(many)
  expect(outcomes.some(({ status }) => status === 'rejected')).toBe(true)
  expect((await read.select().from(kioskEnrolment)).length).toBeLessThanOrEqual(201)
})
