// A county with training officers and people to train, and what an officer does with files in it.
import { v7 } from 'uuid'
import { findBatch } from '#archive/batch.server.ts'
import { approveBatch } from '#archive/approve.server.ts'
import type { Format } from '#archive/download.server.ts'
import { unitArchive } from '#archive/download.server.ts'
import { previewUpload } from '#archive/preview.server.ts'
import { storeBatch } from '#archive/store.server.ts'
import { keepUpload } from '#archive/uploads.server.ts'
import { write } from '#db/database.server.ts'
import { assignment, person } from '#db/schema/people.ts'
import type { Session } from '#people/session.ts'
import { plantPerson, plantUnit } from '../people/roster/county.ts'

export const posts = new Map([
  ['village-secretary', { name: '村党组织书记' }],
  ['grid-worker', { name: '网格员' }],
])

/** Somebody of the roster: two posts in the course of time. */
export type Cadre = { number: string; name: string; unit: 'yunling' | 'shuikou' }

export const cadres: Cadre[] = [
  { number: 'QX1001', name: '张三', unit: 'yunling' },
  { number: 'QX1002', name: '李四', unit: 'yunling' },
  { number: 'QX2001', name: '王五', unit: 'shuikou' },
]

/** 青溪县 with two townships, two officers over all of it and one over 白石镇. */
export async function plantOffice(people: Cadre[] = cadres) {
  const county = await plantUnit('青溪县', null)
  const baishi = await plantUnit('白石镇', county)
  const yunling = await plantUnit('云岭村', baishi)
  const heshan = await plantUnit('鹤山镇', county)
  const shuikou = await plantUnit('水口村', heshan)
  const units = { yunling, shuikou }
  const ids = new Map(people.map(({ number }) => [number, v7()]))
  const idOf = (number: string) => ids.get(number) ?? ''
  const held = (personId: string, unitId: string, post: string, fromOn: string, toOn: string | null) => ({
    ...{ id: v7(), personId, unitId, post, fromOn, toOn, main: true },
  })
  await write(async (tx) => {
    const createdAt = '2020-01-01T00:00:00.000Z'
    await tx
      .insert(person)
      .values(people.map(({ number, name }) => ({ id: idOf(number), number, name, createdAt })))
    await tx
      .insert(assignment)
      .values(
        people.flatMap(({ number, unit }) => [
          held(idOf(number), units[unit].id, 'grid-worker', '2024-01-01', '2026-02-28'),
          held(idOf(number), units[unit].id, 'village-secretary', '2026-03-01', null),
        ]),
      )
  })
  return {
    ...{ county, baishi, heshan, idOf },
    enters: await plantPerson('officer-1', ['officer', county]),
    approves: await plantPerson('officer-2', ['officer', county]),
    ofBaishi: await plantPerson('officer-3', ['officer', baishi]),
  }
}

/** Uploads a file; the answer is its id. */
export const upload = async (by: Session, bytes: Uint8Array, name = '学时.csv') =>
  (await keepUpload(by, new File([new Uint8Array(bytes)], name))).id

export const previewOf = async (by: Session, bytes: Uint8Array, name?: string) =>
  previewUpload(by, await upload(by, bytes, name))

/** Uploads a file and stores what is sound of it; the answer is the batch. */
export const stored = async (by: Session, bytes: Uint8Array, name?: string) =>
  (await storeBatch(by, await upload(by, bytes, name))).batch

/** The same, approved by another. */
export async function brought(
  office: Awaited<ReturnType<typeof plantOffice>>,
  bytes: Uint8Array,
  name?: string,
) {
  const batch = await stored(office.enters, bytes, name)
  await approveBatch(office.approves, batch)
  return findBatch(office.approves, batch)
}

/** The archive of everybody, as an officer downloads it. */
export async function downloaded(by: Session, format: Format = 'csv', wanted = {}): Promise<Buffer> {
  const file = await unitArchive(by, { year: null, unit: null, ...wanted }, format, posts)
  const chunks: Uint8Array[] = []
  for await (const chunk of file) chunks.push(chunk)
  return Buffer.concat(chunks)
}
