// The note by which model everybody was derived: it is never there while persons may be of two models.
import { beforeEach, expect, test } from 'vitest'
import { basisNow, isDerivedByNow, noteBasis } from '#record/basis.server.ts'
import { useModel } from '#record/capability/model.server.ts'
import { rebuild } from '#record/rebuild.server.ts'
import { record } from '#record/record.server.ts'
import { sampleModel } from '../support/capability.ts'
import { freshDatabase } from '../support/database.ts'
import * as happen from './happenings.ts'

freshDatabase()
const other = { ...sampleModel, title: '另一个模型' }

beforeEach(async () => {
  useModel(sampleModel, [])
  await noteBasis(basisNow())
})

test('everybody is derived by the model in force once it is done', async () => {
  await record(happen.answered({ person: happen.somebody() }))
  useModel(other, [])
  expect(await isDerivedByNow()).toBe(false)
  await rebuild(() => undefined)
  expect(await isDerivedByNow()).toBe(true)
})

test('what was broken off is begun again, also with the model that was in force before', async () => {
  useModel(other, [])
  await rebuild(
    () => undefined,
    () => true,
  )
  useModel(sampleModel, [])
  expect(await isDerivedByNow()).toBe(false)
})

test('what was done while another model was in force for a while is done again', async () => {
  await rebuild(() => {
    useModel(other, [])
    useModel(sampleModel, [])
  })
  expect(await isDerivedByNow()).toBe(false)
  await rebuild(() => undefined)
  expect(await isDerivedByNow()).toBe(true)
})
