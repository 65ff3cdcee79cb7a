// The people whom an officer or reader may open, and by unit.
import { expect, test } from 'vitest'
import { peopleSeenBy, unitSeenBy } from '#people/seen.server.ts'
import type { Role, Session } from '#people/session.ts'
import { freshDatabase } from '../support/database.ts'
import { addPerson, addUnits } from './house.ts'

freshDatabase()

const session = (role: Role, path: string): Session => ({
  ...{ id: 's', person: { id: 'p', number: 'p', name: '张三' }, unitPaths: [] },
  ...{ grants: [{ role, path } as Session['grants'][number]], secondFactor: false, noticeVersion: null },
})

test('a unit may be looked at by its officer and whoever reads above it, in roster order', async () => {
  await addUnits({ county: '/county/', east: '/county/east/', west: '/county/west/' })
  for (const [number, unit] of [
    ['B2', 'east'],
    ['B1', 'east'],
    ['A1', 'west'],
  ] as const)
    await addPerson({ number, unit })
  expect((await peopleSeenBy(session('officer', '/county/east/'))).map(({ name }) => name)).toEqual([
    '某B1',
    '某B2',
  ])
  expect(await unitSeenBy(session('reader', '/county/'), 'east')).toMatchObject({ path: '/county/east/' })
  expect(await unitSeenBy(session('officer', '/county/east/'), 'east')).not.toBeNull()
  expect(await unitSeenBy(session('officer', '/county/east/'), 'county')).toBeNull()
  expect(await unitSeenBy(session('officer', '/county/east/'), 'west')).toBeNull()
  expect(await unitSeenBy(session('trainer', '/county/'), 'east')).toBeNull()
  expect(await unitSeenBy(session('officer', '/county/'), 'nowhere')).toBeNull()
  const below = async (path: string, under: string, most?: number) =>
    (await peopleSeenBy(session('officer', path), { under, ...(most ? { most } : {}) })).map(
      (one) => one.name,
    )
  expect(await below('/county/', '/county/west/')).toEqual(['某A1'])
  expect(await below('/county/', '/county/', 2)).toEqual(['某B1', '某B2'])
  expect(await below('/county/east/', '/county/west/')).toEqual([])
  expect(await below('/county/east/', '/county/')).toEqual([])
})
