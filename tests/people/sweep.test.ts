import { afterEach, expect, test } from 'vitest'
import { setClock } from '#clock.server.ts'
import { read } from '#db/database.server.ts'
import { limit, session, slip, verification } from '#db/schema/people.ts'
import { signInByForm } from '#people/sign-in.server.ts'
import { makeSlip } from '#people/slip.server.ts'
import { sweepSignIn } from '#people/sweep.server.ts'
import { freshDatabase } from '../support/database.ts'
import { addUser, Browser, cheapHashes, refusal, signInForm } from './house.ts'

freshDatabase()
afterEach(() => setClock(() => new Date()))

const sizes = async () => {
  const tables = [session, verification, limit, slip]
  return Promise.all(tables.map(async (table) => (await read.select().from(table)).length))
}

test('what is over is deleted in the night, what still counts stays', async () => {
  cheapHashes()
  const id = await addUser({ number: 'A001', password: '清风徐来水波不兴' })
  await signInByForm(null, signInForm('A001', '清风徐来水波不兴'), new Browser().visit)
  await refusal(signInByForm(null, signInForm('A001', 'wrong-password'), new Browser().visit))
  await makeSlip(id, 'boss')
  await sweepSignIn()
  expect(await sizes()).toEqual([1, 0, 2, 1])
  const later = (days: number) => setClock(() => new Date(Date.now() + days * 86_400_000))
  later(2)
  await sweepSignIn()
  expect(await sizes()).toEqual([0, 0, 0, 1])
  later(38)
  await sweepSignIn()
  expect(await sizes()).toEqual([0, 0, 0, 0])
})
