import { inspect } from 'node:util'
import { eq, sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { read, write } from '#db/database.server.ts'
import { mark } from '#db/schema/process.ts'
import { pathForLog, plainError } from '#process/log.server.ts'
import { freshDatabase } from '../support/database.ts'

freshDatabase()

test('a failed statement is logged without what it was about to store', async () => {
  const twice = write(async (tx) => {
    await tx.insert(mark).values({ name: '杨小燕', value: 'secret-value' })
    await tx.insert(mark).values({ name: '杨小燕', value: 'secret-value' })
  })
  const error = await twice.catch((failed: unknown) => failed)
  expect(inspect(error, { depth: 9 })).not.toMatch(/杨小燕|secret-value/)
  const logged = JSON.stringify(plainError(error))
  expect(logged).toContain('insert into')
  expect(logged).toContain('UNIQUE')
  expect(logged).toContain('log.test.ts')
  await write((tx) => tx.delete(mark).where(eq(mark.name, '杨小燕')))
})

test('a path is logged without persons and codes', () => {
  expect(pathForLog(`/people/${v7()}/record`)).toBe('/people/:id/record')
  expect(pathForLog(`/media/${'a'.repeat(64)}.mp3`)).toBe('/media/:code.mp3')
  expect(pathForLog('/courses/jiafeng-jiaxun')).toBe('/courses/jiafeng-jiaxun')
})

test('neither is a failed question to the database', async () => {
  const asked = read.select({ nothing: sql`no_such_function(${'杨小燕'})` }).from(mark)
  const logged = JSON.stringify(plainError(await asked.catch((error: unknown) => error)))
  expect(logged).toContain('no_such_function')
  expect(logged).not.toContain('杨小燕')
})

test('what is thrown and is no error says nothing', () => {
  expect(plainError('杨小燕')).toEqual({ type: 'string', message: 'not an error', stack: '' })
})
