// Sign-in by better-auth, over the guarded database only. It keeps logins, sessions, passwords and second factors;
// who a person is and what they may do is ours (session.server.ts, permission.ts).
import { randomBytes } from 'node:crypto'
import { betterAuth } from 'better-auth/minimal'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { twoFactor as secondFactor } from 'better-auth/plugins/two-factor'
import { username } from 'better-auth/plugins/username'
import { drizzle } from 'drizzle-orm/libsql'
import { eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { guarded, read, write } from '#db/database.server.ts'
import { account, login, person, session, twoFactor, verification } from '#db/schema/people.ts'
import { settings } from '#env.ts'
import { addressHeader, after, asApiError, before, wrongSignIn } from '#people/auth-guard.server.ts'
import { hashSecret, verifySecret } from '#people/hash.server.ts'
import { tidyNumber } from '#people/number.ts'
import { authBase, isOpenAuthPath } from '#people/open-path.ts'
import { longestPassword, shortestPassword } from '#people/password.ts'
import { cookiePrefix, cookiesAreSecure, forgetPerson, forgetToken } from '#people/session.server.ts'
import { writeCode } from '#people/slip-code.ts'
import { Refusal, refusalIn } from '#refusal.ts'

/** A session ends after this, whatever happens; without "stay signed in", with the browser or after a day. */
const sessionSeconds = 7 * 24 * 3600

/** Inside better-auth a Refusal must be an APIError, or it would be reported as a fault. */
const refusing = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw error instanceof Refusal ? asApiError(error) : error
  })

const backupCodes = () => Array.from({ length: 10 }, () => writeCode(randomBytes(12)))

/** The plugin without its own lockout, which needs two columns: ours counts per account (limit.server.ts). */
function secondFactorPlugin() {
  const plugin = secondFactor({
    issuer: settings.site.name,
    accountLockout: { enabled: false },
    // In letters that are hard to misread: these are copied by hand.
    backupCodeOptions: { customBackupCodesGenerate: backupCodes },
  })
  const { failedVerificationCount: _count, lockedUntil: _until, ...fields } = plugin.schema.twoFactor.fields
  return { ...plugin, schema: { ...plugin.schema, twoFactor: { ...plugin.schema.twoFactor, fields } } }
}

async function requireOpenAccount(personId: string) {
  const found = await read.select({ closedAt: person.closedAt }).from(person).where(eq(person.id, personId))
  if (found[0]?.closedAt !== null) throw asApiError(new Refusal('invalid', wrongSignIn))
}

/** Sessions from before the second factor was set up have not given it. */
async function endSessions(personId: string) {
  await write((tx) => tx.delete(session).where(eq(session.userId, personId)))
}

function build() {
  return betterAuth({
    appName: settings.site.name,
    baseURL: settings.origin,
    basePath: authBase,
    secret: settings.secret,
    trustedOrigins: [settings.origin],
    database: drizzleAdapter(drizzle(guarded), {
      provider: 'sqlite',
      schema: { user: login, session, account, verification, twoFactor },
      transaction: false,
    }),
    // Mail is never used to sign in; its addresses lead nowhere.
    emailAndPassword: {
      enabled: false,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
      password: {
        hash: (password) => refusing(hashSecret(password)),
        verify: (given) => refusing(verifySecret(given)),
      },
    },
    session: { expiresIn: sessionSeconds, disableSessionRefresh: true, cookieCache: { enabled: false } },
    // Ours counts per account and generously per address, and survives a restart (auth-guard.server.ts).
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'error' },
    // What is no answer of its own comes to `answerAuth`.
    onAPIError: { throw: true },
    advanced: {
      cookiePrefix,
      useSecureCookies: cookiesAreSecure(),
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: { generateId: () => v7() },
    },
    hooks: { before, after },
    databaseHooks: {
      session: {
        create: { before: (created) => requireOpenAccount(created.userId) },
        update: { after: async (changed) => forgetToken(changed.token) },
        delete: { after: async (ended) => forgetToken(ended.token) },
      },
      user: {
        update: {
          after: async (changed) => {
            if (changed['twoFactorEnabled'] === true) await endSessions(changed.id)
            forgetPerson(changed.id)
          },
        },
      },
    },
    plugins: [
      username({
        displayUsername: false,
        minUsernameLength: 1,
        maxUsernameLength: 64,
        usernameNormalization: tidyNumber,
        usernameValidator: (number) => !/\p{Cc}/u.test(number),
      }),
      secondFactorPlugin(),
    ],
  })
}

let built: { auth: ReturnType<typeof build>; guarded: unknown; settings: unknown } | undefined

/** better-auth over the database and the settings in force. */
export function auth() {
  if (built?.guarded !== guarded || built.settings !== settings) built = { auth: build(), guarded, settings }
  return built.auth
}

/** Session tokens belong in the httpOnly cookie alone, never where a script could read them. */
function withoutTokens(_key: string, value: unknown) {
  if (!value || typeof value !== 'object' || Array.isArray(value)) return value
  const { token: _token, ...rest } = value as Record<string, unknown>
  return rest
}

/** Answers a request below /api/auth; `address` is the client's as our own server saw it. */
export async function answerAuth(request: Request, address: string): Promise<Response> {
  if (!isOpenAuthPath(new URL(request.url).pathname)) return new Response(null, { status: 404 })
  const headers = new Headers(request.headers)
  headers.set(addressHeader, address)
  const answer = await auth().handler(new Request(request, { headers })).catch(answerFailure)
  if (!answer.headers.get('content-type')?.includes('json')) return answer
  const body = (await answer.json()) as { code?: string } | null
  if (answer.status >= 500 && body?.code !== 'REFUSED') console.error(body)
  return new Response(JSON.stringify(body, withoutTokens), answer)
}

/** A refusal is an answer; only a fault belongs in the log. */
function answerFailure(error: unknown): Response {
  const refusal = refusalIn(error)
  if (!refusal) console.error(error)
  return refusal
    ? Response.json({ code: 'REFUSED', ...refusal.toJSON() }, { status: refusal.status })
    : new Response(null, { status: 500 })
}
