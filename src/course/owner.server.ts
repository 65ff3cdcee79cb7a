// The mark by which a browser tells whose are the things that wait in it. It names nobody.
import { createHash } from 'node:crypto'
import { Refusal } from '#refusal.ts'

/** The mark of a person: always the same, and nothing can be read from it. */
export function ownerMark(person: string): string {
  return createHash('sha256').update(`waiting ${person}`).digest('base64url').slice(0, 16)
}

/** @throws Refusal `signed-out` unless what a browser brings is this person's. */
export function requireOwner(person: string | null, owner: string): void {
  if (person !== null && ownerMark(person) === owner) return
  throw new Refusal(
    'signed-out',
    '登录已经过期，或者换了人登录。',
    '请重新登录；没交上的留在这台设备上，登录后自动提交。',
  )
}
