import { expect, test } from 'vitest'
import { read } from '#db/database.server.ts'
import { bankItem } from '#db/schema/assessment.ts'
import { item } from '#db/schema/library.ts'
import { dateBankBack, enterSecureBank } from '#demo/secure-bank.server.ts'
import { freshDatabase } from '../support/database.ts'

freshDatabase()

test('the demo has secure items in use, which no import of files will look for', async () => {
  await enterSecureBank('2026-01-01T00:00:00.000Z')
  const rows = await read.select().from(bankItem)
  expect(rows.length).toBeGreaterThanOrEqual(48)
  expect(new Set(rows.map(({ secure, status, file }) => `${secure} ${status} ${file}`))).toEqual(
    new Set(['true active null']),
  )
})

test('no item of the demo was written after the year in which it was asked began', async () => {
  await dateBankBack('2025-06-01T00:00:00.000Z')
  const rows = [...(await read.select().from(bankItem)), ...(await read.select().from(item))]
  expect(new Set(rows.map(({ createdAt }) => createdAt))).toEqual(new Set(['2025-06-01T00:00:00.000Z']))
})
