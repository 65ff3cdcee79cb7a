// A certificate for localhost that signed itself, made without any program: the few structures of X.509 (RFC 5280) that
// it needs, written in DER.
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

const tagged = (tag: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  const { length } = body
  const bytes = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...bytes]), body])
}
const sequence = (...parts: Buffer[]) => tagged(0x30, ...parts)
const set = (...parts: Buffer[]) => tagged(0x31, ...parts)
const bits = (bytes: Buffer) => tagged(0x03, Buffer.from([0]), bytes)
const octets = (bytes: Buffer) => tagged(0x04, bytes)
const objectId = (hex: string) => tagged(0x06, Buffer.from(hex, 'hex'))
const text = (words: string) => tagged(0x0c, Buffer.from(words))
const time = (at: Date) => {
  const digits = at.toISOString().replace(/[-:T]|\.\d+/g, '')
  return tagged(0x18, Buffer.from(digits))
}

const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'))
const commonName = '550403'
const alternativeName = '551d11'

/** Certificate and private key as PEM, good for an hour. @param name who it says it is, beside localhost. */
export function selfSigned(name: string): { cert: string; key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const serial = Buffer.concat([Buffer.from([1]), randomBytes(8)])
  const issuer = sequence(set(sequence(objectId(commonName), text(name))))
  const [from, to] = [-3_600_000, 3_600_000].map((off) => new Date(Date.now() + off)) as [Date, Date]
  const names = sequence(tagged(0x82, Buffer.from('localhost')))
  const body = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, serial),
    ecdsaWithSha256,
    issuer,
    sequence(time(from), time(to)),
    issuer,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(sequence(objectId(alternativeName), octets(names)))),
  )
  const der = sequence(body, ecdsaWithSha256, bits(sign('sha256', body, privateKey)))
  const lines = der.toString('base64').replace(/(.{64})/g, '$1\n')
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  }
}
