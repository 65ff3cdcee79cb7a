// Slow hashes of passwords and PINs. One costs 0.17 s of a processor, so at most two are worked on at once and
// the others wait their place: a hall that signs in together is served in order and holds up nobody else.
import { createHmac } from 'node:crypto'
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { settings } from '#env.ts'
import { Refusal } from '#refusal.ts'

type SlowHash = {
  hash: (secret: string) => Promise<string>
  verify: (given: { hash: string; password: string }) => Promise<boolean>
}

const atOnce = 2
const longestQueue = 600

let slow: SlowHash = { hash: hashPassword, verify: verifyPassword }
let running = 0
const waiting: (() => void)[] = []

/** Puts a cheap hash in place; for tests that sign in by the hundred. */
export function setSlowHash(hash: SlowHash) {
  slow = hash
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running < atOnce) running++
  else if (waiting.length >= longestQueue) throw new Refusal('busy', '现在登录的人太多。', '请过一分钟再试。')
  else await new Promise<void>((go) => waiting.push(go))
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

/** The stored form of a password. @throws Refusal `busy` when hundreds are waiting already. */
export const hashSecret = (password: string) => inTurn(() => slow.hash(password))

/** True if the password is the one behind the hash. @throws Refusal `busy`. */
export const verifySecret = (given: { hash: string; password: string }) => inTurn(() => slow.verify(given))

/** A PIN has only a million values: mixed with the site's secret, a stolen database alone cannot be searched for it. */
const peppered = (pin: string) => createHmac('sha256', settings.secret).update(`pin:${pin}`).digest('hex')

/** The stored form of a PIN. @throws Refusal `busy`. */
export const hashPin = (pin: string) => hashSecret(peppered(pin))

/** True if the PIN is the one behind the hash. @throws Refusal `busy`. */
export const verifyPin = (pin: string, hash: string) => verifySecret({ hash, password: peppered(pin) })
