import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { SettingsRefused } from '#env.ts'
import { log } from '#process/log.server.ts'
import { serverMaker } from '#process/certificate.server.ts'
import { selfSigned } from '../support/certificate.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lianxue-tls-'))
  log.level = 'silent'
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Lays a pair into files, as a program that renews certificates does. */
function lay(pair: { cert: string; key: string }) {
  const tls = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
  writeFileSync(tls.cert, pair.cert)
  writeFileSync(tls.key, pair.key)
  return tls
}

function problemsOf(pair: { cert: string; key: string }): string[] {
  try {
    serverMaker(lay(pair))
    return []
  } catch (error) {
    if (!(error instanceof SettingsRefused)) throw error
    return error.problems
  }
}

/** What a browser that trusts these certificates is answered, and whose certificate it was shown. */
function visit(port: number, trusted: string[]): Promise<{ said: string; name: string }> {
  return new Promise((resolve, reject) => {
    const asked = get(
      { host: '127.0.0.1', servername: 'localhost', port, ca: trusted, agent: false },
      (reply) => {
        const name = String((reply.socket as TLSSocket).getPeerCertificate().subject.CN)
        let said = ''
        reply.on('data', (chunk: Buffer) => (said += chunk.toString()))
        reply.on('end', () => resolve({ said, name }))
      },
    )
    asked.on('error', reject)
  })
}

test('a site with a certificate speaks HTTPS itself, and takes a renewed one without a restart', async () => {
  const [first, second] = [selfSigned('first'), selfSigned('second')]
  const tls = lay(first)
  const server = serverMaker(tls, 20)({}, (_, reply) => reply.end('你好'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const trusted = [first.cert, second.cert]
  try {
    expect(await visit(port, trusted)).toEqual({ said: '你好', name: 'first' })
    // Half of a renewal: the key does not fit yet.
    writeFileSync(tls.cert, second.cert)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await visit(port, trusted)).toEqual({ said: '你好', name: 'first' })
    writeFileSync(tls.key, second.key)
    await vi.waitFor(async () => expect((await visit(port, trusted)).name).toBe('second'), 10_000)
    await expect(visit(port, [selfSigned('stranger').cert])).rejects.toThrow()
  } finally {
    server.close()
  }
})

test.each([
  [
    'a key of another certificate',
    () => ({ ...selfSigned('a'), key: selfSigned('b').key }),
    'TLS_KEY：和 TLS_CERT 不是一对。',
  ],
  [
    'something that is no certificate',
    () => ({ ...selfSigned('a'), cert: 'hello' }),
    'TLS_CERT：不是 PEM 格式的证书。',
  ],
  [
    'something that is no key',
    () => ({ ...selfSigned('a'), key: selfSigned('a').cert }),
    'TLS_KEY：不是 PEM 格式的私钥，或者有口令。',
  ],
])('%s is refused before the site starts, with how to mend it', (_, pair, beginning) => {
  const problems = problemsOf(pair())
  expect(problems).toHaveLength(1)
  expect(problems[0]).toContain(beginning)
  expect(problems[0]).toContain('请')
})

test('files that cannot be read are both named', () => {
  const tls = { cert: join(folder, 'none.pem'), key: join(folder, 'none-either.pem') }
  const problems = [tls.cert, tls.key].map((file) => `读不到 ${file}。`)
  expect(() => serverMaker(tls)).toThrow(SettingsRefused)
  for (const words of problems) expect(() => serverMaker(tls)).toThrow(words)
})
