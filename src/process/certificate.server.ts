// HTTPS by our own process: reads certificate and key, refuses a wrong pair in words, and takes a renewed one without a
// restart, since whoever renews certificates by a program does not restart what uses them.
import { X509Certificate, createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http'
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https'
import { createSecureContext } from 'node:tls'
import { SettingsRefused, type Tls } from '#env.ts'
import { log } from '#process/log.server.ts'

/** How often the files are looked at. */
const tenMinutes = 600_000

type Pair = { cert: string; key: string }

/** @throws SettingsRefused with every problem, each naming its variable and how to mend it. */
function readPair(tls: Tls): Pair {
  const problems: string[] = []
  const read = (variable: string, file: string) => {
    try {
      return readFileSync(file, 'utf8')
    } catch {
      problems.push(`${variable}：读不到 ${file}。请检查路径，再检查运行本站的用户能不能读它。`)
      return ''
    }
  }
  const pair = { cert: read('TLS_CERT', tls.cert), key: read('TLS_KEY', tls.key) }
  if (problems.length === 0) problems.push(...faultsOf(pair))
  if (problems.length > 0) throw new SettingsRefused(problems)
  return pair
}

function faultsOf({ cert, key }: Pair): string[] {
  const certificate = tried(() => new X509Certificate(cert))
  const privateKey = tried(() => createPrivateKey(key))
  const problems = [
    ...(certificate ? [] : ['TLS_CERT：不是 PEM 格式的证书。请用以 BEGIN CERTIFICATE 开头的那个文件。']),
    ...(privateKey
      ? []
      : ['TLS_KEY：不是 PEM 格式的私钥，或者有口令。请用以 BEGIN PRIVATE KEY 开头、没有口令的那个文件。']),
  ]
  if (certificate && privateKey && !certificate.checkPrivateKey(privateKey))
    return [
      'TLS_KEY：和 TLS_CERT 不是一对。请用申请这张证书时生成的私钥；证书文件里，本站的那一张要放在最前面。',
    ]
  if (problems.length === 0 && !tried(() => createSecureContext({ cert, key })))
    return ['TLS_CERT：这张证书用不了，多半是太旧的算法。请重新申请一张。']
  return problems
}

function tried<Value>(make: () => Value): Value | null {
  try {
    return make()
  } catch {
    return null
  }
}

export type MakeServer = (options: ServerOptions, take: RequestListener) => Server

/**
 * What makes the server of this process: one that speaks HTTPS itself where it has a certificate.
 * @throws SettingsRefused before anything else was begun.
 */
export function serverMaker(tls: Tls | null, every = tenMinutes): MakeServer {
  if (!tls) return createServer
  const pair = readPair(tls)
  return (options, take) => {
    const server = createSecureServer({ ...options, ...pair, handshakeTimeout: 15_000 }, take)
    let current = pair
    const timer = setInterval(() => (current = renewed(server, tls, current)), every).unref()
    server.once('close', () => clearInterval(timer))
    return server
  }
}

/** The pair of the files as they are now; one that is half written or wrong is left alone, the one in use goes on. */
function renewed(server: SecureServer, tls: Tls, current: Pair): Pair {
  try {
    const pair = readPair(tls)
    if (pair.cert === current.cert && pair.key === current.key) return current
    server.setSecureContext(pair)
    log.info({ until: new X509Certificate(pair.cert).validTo }, 'a renewed certificate is in use')
    return pair
  } catch (err) {
    log.warn({ err }, 'the certificate could not be read again; the one in use goes on')
    return current
  }
}
