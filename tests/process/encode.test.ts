import { expect, test } from 'vitest'
import { chooseEncoding } from '#process/encode.server.ts'

test.each([
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip, deflate', 'gzip'],
  ['br;q=0.5, gzip', 'br'],
  ['br;q=0, gzip', 'gzip'],
  ['gzip;q=0.0', 'identity'],
  ['brotli', 'identity'],
  ['', 'identity'],
  [undefined, 'identity'],
])('to a browser that reads %j we write %s', (accepted, encoding) => {
  expect(chooseEncoding(accepted)).toBe(encoding)
})
