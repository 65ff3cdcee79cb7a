// A code of a screen for a phone to agree to, as the pages of phones need one: a screen without a browser is let in by the
// demo's administrator once, and asks anew for each look.
import type { Browser } from '@playwright/test'
import { v4 } from 'uuid'
import { enrolledText, type EnrolledReply, type EnrolReply } from '#kiosk/fleet/enrolment.ts'
import { makeSigningPair, publicOf, sign } from '#kiosk/signing.ts'
import { approveAsAdministrator } from '../support/enrol-screen.ts'
import { sayHello, type TestKiosk } from '../support/kiosk.ts'

const screens = new Map<string, Promise<TestKiosk>>()

/** The address that a screen of the demo at this origin shows as a QR code. */
export async function addressOnScreen(browser: Browser, origin: string): Promise<string> {
  const there = screens.get(origin) ?? letInWithoutBrowser(browser, origin)
  screens.set(origin, there)
  const kiosk = await there
  await sayHello(kiosk)
  const ask = postTo(origin, kiosk.token)
  return (await ask<{ address: string }>('visit/ask', { visit: v4() })).address
}

const postTo =
  (origin: string, token = '') =>
  async <Reply>(step: string, body: object): Promise<Reply> => {
    const reply = await fetch(`${origin}/kiosk/${step}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, 'x-kiosk': token },
      body: JSON.stringify(body),
    })
    if (!reply.ok) throw new Error(`${step} was answered ${reply.status}: ${await reply.text()}`)
    return (await reply.json()) as Reply
  }

async function letInWithoutBrowser(browser: Browser, origin: string): Promise<TestKiosk> {
  const post = postTo(origin)
  const pair = await makeSigningPair(true)
  const { code } = await post<EnrolReply>('enrol', { key: await publicOf(pair) })
  await approveAsAdministrator(browser, origin, code, '云岭村')
  const signature = await sign(pair.privateKey, enrolledText(code))
  const reply = await post<EnrolledReply>('enrolled', { code, signature })
  if (reply.is !== 'enrolled') throw new Error(`The screen was not let in: ${reply.is}.`)
  const { kiosk: id, server } = reply
  const counts = { turn: 0, seq: 0, contact: null, token: '' }
  return { id, unit: '', name: '', pair, server, ...counts, post }
}
