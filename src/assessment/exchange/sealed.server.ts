// Secure items in a file: sealed with a passphrase, and opened by nothing else. The whole is judged by one tag, so that a
// changed byte and a wrong passphrase are refused alike.
//
// The file: 16 bytes `LIANXUE-SEALED-1`, 16 of salt, 12 of nonce, the cipher text, 16 of tag. Key: scrypt (RFC 7914) with
// N = 2^15, r = 8, p = 3 (OWASP’s figures for 32 MB) of the passphrase in NFKC; cipher: AES-256-GCM (NIST SP 800-38D)
// over the items as our own JSON, the first 28 bytes being authenticated too. Another version has other first bytes.
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { Refusal } from '#refusal.ts'

const magic = Buffer.from('LIANXUE-SEALED-1', 'latin1')
const anyVersion = Buffer.from('LIANXUE-SEALED-', 'latin1')
const sizes = { salt: 16, nonce: 12, tag: 16 }
const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 }

export const leastPassphrase = 12

/** One at a time: each takes 32 MB. */
let turn: Promise<unknown> = Promise.resolve()

function keyOf(passphrase: string, salt: Buffer): Promise<Buffer> {
  const derive = () =>
    new Promise<Buffer>((resolve, reject) => {
      scrypt(passphrase.normalize('NFKC'), salt, 32, cost, (error, key) =>
        error ? reject(error) : resolve(key),
      )
    })
  const mine = turn.then(derive, derive)
  turn = mine.catch(() => undefined)
  return mine
}

export const isLongEnough = (passphrase: string) =>
  [...passphrase.normalize('NFKC')].length >= leastPassphrase

/** A passphrase that is too short is a bug of who calls. */
export async function seal(text: string, passphrase: string): Promise<Buffer> {
  if (!isLongEnough(passphrase)) throw new Error('The passphrase is too short.')
  const [salt, nonce] = [randomBytes(sizes.salt), randomBytes(sizes.nonce)]
  const head = Buffer.concat([magic, salt, nonce])
  const cipher = createCipheriv('aes-256-gcm', await keyOf(passphrase, salt), nonce, {
    authTagLength: sizes.tag,
  })
  cipher.setAAD(head)
  const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([head, hidden, cipher.getAuthTag()])
}

/** True for a sealed file of any version. */
export const isSealed = (bytes: Uint8Array) =>
  Buffer.from(bytes.subarray(0, anyVersion.length)).equals(anyVersion)

const notOpened = () =>
  new Refusal(
    'invalid',
    '打不开：口令不对，或者文件改动过、没有传完整。',
    '核对口令，大小写和空格也要一样；还不行，请重新导出一份。',
  )

/** @throws Refusal `invalid` if the passphrase is wrong, or one byte is not as it was. */
export async function openSealed(bytes: Uint8Array, passphrase: string): Promise<string> {
  const file = Buffer.from(bytes)
  if (!file.subarray(0, magic.length).equals(magic))
    throw new Refusal('invalid', '这个加密文件是另一个版本的，或者开头坏了。', '请用现在的版本重新导出一份。')
  const from = magic.length + sizes.salt + sizes.nonce
  if (file.length < from + sizes.tag) throw notOpened()
  const salt = file.subarray(magic.length, magic.length + sizes.salt)
  const key = await keyOf(passphrase, salt)
  const nonce = file.subarray(from - sizes.nonce, from)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: sizes.tag })
  decipher.setAAD(file.subarray(0, from))
  decipher.setAuthTag(file.subarray(-sizes.tag))
  try {
    return Buffer.concat([decipher.update(file.subarray(from, -sizes.tag)), decipher.final()]).toString(
      'utf8',
    )
  } catch {
    throw notOpened()
  }
}
