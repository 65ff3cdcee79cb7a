// An invented county for the tests of people: units, persons, and a browser that keeps its cookies.
import { createHash } from 'node:crypto'
import { v7 } from 'uuid'
import { write } from '#db/database.server.ts'
import { assignment, grant, person, unit } from '#db/schema/people.ts'
import { setLogin } from '#people/login.server.ts'
import { hashSecret, setSlowHash } from '#people/hash.server.ts'
import type { Role } from '#people/session.ts'
import type { Visit } from '#people/visit.server.ts'
import { Refusal } from '#refusal.ts'

const at = '2026-01-01T00:00:00.000Z'

/** Hashes that cost nothing. */
export function cheapHashes() {
  const hash = async (secret: string) => createHash('sha256').update(secret).digest('hex')
  setSlowHash({ hash, verify: async (given) => (await hash(given.password)) === given.hash })
}

/** Units by name, e.g. `{ county: '/county/', township: '/county/township/' }`. */
export async function addUnits(units: Record<string, string>) {
  await write(async (tx) => {
    for (const [id, path] of Object.entries(units)) {
      const parentId = path.split('/').filter(Boolean).at(-2) ?? null
      await tx.insert(unit).values({ id, parentId, path, name: id, kind: 'village', createdAt: at })
    }
  })
}

type Person = {
  number: string
  name?: string
  unit?: string
  roles?: [Role, string][]
  notice?: string | null
}

/** Adds a person, with a post and rights; returns their id. */
export async function addPerson({
  number,
  name = `某${number}`,
  unit: unitId,
  roles = [],
  notice = null,
}: Person) {
  const id = v7()
  await write(async (tx) => {
    await tx.insert(person).values({ id, number, name, createdAt: at, noticeVersion: notice })
    if (unitId) {
      const held = { personId: id, unitId, post: 'grid-worker', fromOn: '2026-01-01', main: true }
      await tx.insert(assignment).values({ id: v7(), ...held })
    }
    for (const [role, roleUnit] of roles)
      await tx
        .insert(grant)
        .values({ personId: id, role, unitId: roleUnit, grantedBy: 'test', grantedAt: at })
  })
  return id
}

/** Adds a person who can sign in. */
export async function addUser(given: Person & { password: string }) {
  const id = await addPerson(given)
  const hash = await hashSecret(given.password)
  await write((tx) => setLogin(tx, id, given.number, hash))
  return id
}

/** A browser: it keeps cookies, and visits from one address. */
export class Browser {
  readonly jar = new Map<string, string>()
  /** The last cookies as they were set, with their attributes. */
  readonly set: { name: string; value: string; options: Record<string, unknown> }[] = []
  readonly address: string

  constructor(address = '192.0.2.1') {
    this.address = address
  }

  get cookie(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  keep(name: string, value: string, options: Record<string, unknown> = {}) {
    this.set.push({ name, value, options })
    if (value && options['maxAge'] !== 0) this.jar.set(name, value)
    else this.jar.delete(name)
  }

  /** What a form sent by this browser brings along. */
  get visit(): Visit {
    const request = new Request('http://localhost:4321/sign-in', { headers: { cookie: this.cookie } })
    return {
      request,
      locals: { address: this.address },
      cookies: { set: (name, value, options) => this.keep(name, value, options) },
    }
  }

  /** A JSON request to an address below /api/auth. */
  request(path: string, body?: unknown, headers: Record<string, string> = {}): Request {
    const all = {
      cookie: this.cookie,
      origin: 'http://localhost:4321',
      'content-type': 'application/json',
      ...headers,
    }
    const method = body === undefined ? 'GET' : 'POST'
    return new Request(`http://localhost:4321${path}`, {
      method,
      headers: all,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }
}

/** What a Refusal says; anything else that is thrown is a fault of the test. */
export async function refusal(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof Refusal)) throw error ?? new Error('It was not refused.')
  return { kind: error.kind, message: error.message, hint: error.hint }
}

/** The form of /sign-in as this browser sends it. */
export const signInForm = (number: string, password: string, remember = false) => ({
  number,
  password,
  remember,
  back: null,
})
