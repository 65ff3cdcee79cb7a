// A screen in a village hall for tests: enrolled like a real one, with real keys; it makes signed and sealed entries
// and says hello.
import { join } from 'node:path'
import { v7 } from 'uuid'
import { now } from '#clock.server.ts'
import { signedText, type Entry } from '#kiosk/entry.ts'
import type { EntryBody } from '#kiosk/entry-body.ts'
import { approve } from '#kiosk/fleet/approve.server.ts'
import { enrolledText, type EnrolledReply, type EnrolReply } from '#kiosk/fleet/enrolment.ts'
import { helloText, type Hello, type HelloReply } from '#kiosk/hello.ts'
import { usePlaylists } from '#kiosk/pack/playlists.server.ts'
import { seal } from '#kiosk/sealing.ts'
import { makeSigningPair, publicOf, sign, type PublicKey } from '#kiosk/signing.ts'
import { openSteps } from '#kiosk/steps.server.ts'
import type { Session } from '#people/session.ts'

export type TestKiosk = {
  id: string
  unit: string
  name: string
  pair: CryptoKeyPair
  server: { signing: PublicKey; sealing: PublicKey }
  /** Turn of the last hello, number of the last entry. */
  turn: number
  seq: number
  /** The last contact that it heard; null before its first hello. */
  contact: string | null
  /** Header `x-kiosk`, from the last hello. */
  token: string
  /** How it asks: the steps of this process, unless a test puts another way in place. */
  post: Post
}
export type Post = <Reply>(step: string, body: object) => Promise<Reply>

/** A system administrator of everything, for what tests have done by one. */
export const anAdministrator: Session = {
  id: 'session-of-administrator',
  person: { id: 'administrator', number: 'A0001', name: '管理员' },
  grants: [{ role: 'system-admin', unitId: 'root', path: '/' }],
  unitPaths: [],
  secondFactor: true,
  noticeVersion: null,
}

/** Asks the steps of this process. @throws Refusal */
export const askHere: Post = async (step, body) => {
  const open = openSteps[step]
  if (!open) throw new Error(`There is no open step ${step}.`)
  const ask = { body: JSON.parse(JSON.stringify(body)) as unknown, address: '192.0.2.7' }
  return (await open(ask as Parameters<typeof open>[0])) as never
}

/** A screen that was let in by `anAdministrator`, in the unit with this id; the unit must be there. */
export async function enrolKiosk({ unit, name }: { unit: string; name: string }): Promise<TestKiosk> {
  const pair = await makeSigningPair(true)
  const { code } = await askHere<EnrolReply>('enrol', { key: await publicOf(pair) })
  usePlaylists(join(import.meta.dirname, '..', '..', 'content'))
  await approve(anAdministrator, { code, name, unit, playlist: 'county' })
  const signature = await sign(pair.privateKey, enrolledText(code))
  const reply = await askHere<EnrolledReply>('enrolled', { code, signature })
  if (reply.is !== 'enrolled') throw new Error(`The screen was not let in: ${reply.is}.`)
  const { kiosk: id, server } = reply
  return { id, unit, name, pair, server, turn: 0, seq: 0, contact: null, token: '', post: askHere }
}

/** Says hello; what is not given is what a screen would say that has just heard the last contact. */
export async function sayHello(kiosk: TestKiosk, said: Partial<Hello> = {}): Promise<HelloReply> {
  const plain = { pack: null, sheet: null, queue: 0, storage: null, app: 'test' }
  const own = { kiosk: kiosk.id, turn: ++kiosk.turn, heard: kiosk.contact, seq: kiosk.seq, up: 0, off: 0 }
  const text = { ...plain, ...own, at: now().toISOString(), ...said }
  const signature = said.signature ?? (await sign(kiosk.pair.privateKey, helloText(text)))
  const reply = await kiosk.post<HelloReply>('hello', { ...text, signature })
  if (reply.is === 'welcome') Object.assign(kiosk, { contact: reply.contact, token: reply.token })
  if (reply.is === 'overtaken') kiosk.turn = reply.turn
  return reply
}

type Made = Partial<Pick<Entry, 'id' | 'contact' | 'seq' | 'up' | 'off' | 'at'>>

/** An entry as the kiosk would keep it: numbered next, sealed, signed; say hello once before. */
export async function entryOf(kiosk: TestKiosk, body: EntryBody, made: Made = {}): Promise<Entry> {
  return entryOfText(kiosk, JSON.stringify(body), made)
}

/** The same of any text, also one that no kiosk would write. */
export async function entryOfText(kiosk: TestKiosk, text: string, made: Made = {}): Promise<Entry> {
  const id = made.id ?? v7()
  const seq = made.seq ?? kiosk.seq + 1
  kiosk.seq = Math.max(kiosk.seq, seq)
  const contact = made.contact ?? kiosk.contact
  if (contact === null) throw new Error('The kiosk has not met the server yet: sayHello(kiosk) first.')
  const at = made.at ?? now().toISOString()
  const sealed = await seal(kiosk.server.sealing, id, text)
  const { up = 0, off = 0 } = made
  const unsigned = { id, kiosk: kiosk.id, seq, contact, up, off, at, sealed }
  return { ...unsigned, signature: await sign(kiosk.pair.privateKey, signedText(unsigned)) }
}
