import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { requireRoom } from '#db/room.server.ts'

test('what does not fit is not begun, and it is said what helps', () => {
  requireRoom(tmpdir(), 1_000)
  expect(() => requireRoom(tmpdir(), 1e18)).toThrow(`${tmpdir()} 所在的磁盘空间不够，没有做。`)
})
