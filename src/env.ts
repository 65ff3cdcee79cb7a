// The settings of this process: what they may be, in words that say how to mend a wrong one, and the ones in force.
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'astro/zod'

/** The demo's secret is in the source for everybody to read, so production refuses it. */
const demoSecret = 'lianxue-demo-secret-known-to-everybody-0123456789'
const newSecret = `请用 node -p "crypto.randomBytes(36).toString('base64')" 生成一个，写成 SECRET=…`
const leastSecretLetters = 32
const leastDifferentLetters = 12

const filing = z.string().trim().max(100, '请不要超过100个字').default('')

/** What the foot of every page says about who runs the site. */
const siteShape = z.object({
  /** SITE_NAME: the name of the site. */
  name: z
    .string()
    .trim()
    .min(1, '请写网站的名称，例如 SITE_NAME=廉学')
    .max(40, '请不要超过40个字')
    .default('廉学'),
  /** SPONSOR: who runs the site (主办单位). */
  sponsor: filing,
  /** ICP: the ICP filing number (ICP备案号). */
  icp: filing,
  /** POLICE: the public security filing number (公网安备号). */
  police: filing,
  /** APP_FILING: the filing number of the app (应用备案号). */
  appFiling: filing,
  /** SITE_CODE: the code of a government website (网站标识码). */
  siteCode: filing,
})

/** Another learning record store (LRS) to which everything that happens is sent as xAPI statements; null sends nothing. */
const xapiShape = z
  .object({
    /** XAPI_ENDPOINT: its base address, without `statements`. */
    endpoint: z.string().transform(readEndpoint).optional(),
    /** XAPI_USER and XAPI_PASSWORD: of its basic authentication. */
    user: z
      .string()
      .regex(/^[^:]*$/, '不能有冒号')
      .optional(),
    password: z.string().optional(),
    /** XAPI_RECIPIENT: who receives it, name and how to reach them; /privacy tells it (article 23 of the law). */
    recipient: z.string().min(4).max(200).optional(),
  })
  .transform(
    together(
      ['endpoint', 'user', 'password', 'recipient'],
      '没有设置。要把学习记录送到别的系统，XAPI_ENDPOINT、XAPI_USER、XAPI_PASSWORD、XAPI_RECIPIENT（接收方的名称和联系方式）四项都要写。',
    ),
  )

/** A certificate of its own, for a site without a proxy in front; null where a proxy speaks HTTPS. */
const tlsShape = z
  .object({
    /** TLS_CERT: path of the certificate with those of its issuers (PEM). */
    cert: z.string().optional(),
    /** TLS_KEY: path of its private key (PEM). */
    key: z.string().optional(),
  })
  .transform(
    together(
      ['cert', 'key'],
      '没有设置。要由本站自己用 HTTPS，TLS_CERT（证书）和 TLS_KEY（私钥）两个文件都要写；前面有代理的，两个都不写。',
    ),
  )

const settingsShape = z.object({
  /** NODE_ENV: whatever is not development or test is production. */
  mode: z
    .enum(['production', 'development', 'test'], '只能是 production、development 或 test')
    .default('production'),
  /** ORIGIN: the one address under which people reach the site, without a path. */
  origin: z
    .string('没有设置。请写人们访问网站的地址，例如 ORIGIN=https://lianxue.example.gov.cn')
    .transform(readOrigin),
  /** SECRET: signs sessions. */
  secret: z.string(`没有设置。${newSecret}`).superRefine(checkSecret),
  /** DATA_DIR: where the database and the media lie. */
  dataDir: z
    .string()
    .min(1, '请写一个目录')
    .default('.data')
    .transform((path) => resolve(path)),
  /** PORT: 0 lets the system choose (tests). */
  port: z.coerce
    .number('请写端口的号码，例如 PORT=4321')
    .int()
    .min(0)
    .max(65535, '端口在 1 到 65535 之间')
    .default(4321),
  /** HOST: the address to listen on; only this machine unless it says otherwise. */
  host: z.string().min(1, '请写监听的地址，例如 HOST=127.0.0.1').default('127.0.0.1'),
  /** TRUSTED_PROXY: addresses or networks whose X-Forwarded-For is believed; none when empty. */
  trustedProxy: z.string().default('').transform(readNetworks),
  /** HOUR_RULE: the rule set of content/hour-rules/ by which minutes become 学时. */
  hourRule: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, '请写 content/hour-rules/ 里的文件名，不带 .yaml')
    .default('yunnan-2024'),
  /** LOG_LEVEL: of the log on standard output. */
  logLevel: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], '只能是 debug、info、warn、error 或 silent')
    .default('info'),
  site: siteShape,
  xapi: xapiShape,
  tls: tlsShape,
  /** True for the demo only; it is never read from the environment. */
  demo: z.boolean(),
})

export type Settings = z.output<typeof settingsShape>
export type Site = Settings['site']
export type Lrs = NonNullable<Settings['xapi']>
export type Tls = NonNullable<Settings['tls']>
type Environment = Record<string, string | undefined>

/** The variable behind each setting, for the messages. */
const variables: Record<string, string> = {
  mode: 'NODE_ENV',
  origin: 'ORIGIN',
  secret: 'SECRET',
  dataDir: 'DATA_DIR',
  port: 'PORT',
  host: 'HOST',
  trustedProxy: 'TRUSTED_PROXY',
  hourRule: 'HOUR_RULE',
  logLevel: 'LOG_LEVEL',
  'site.name': 'SITE_NAME',
  'site.sponsor': 'SPONSOR',
  'site.icp': 'ICP',
  'site.police': 'POLICE',
  'site.appFiling': 'APP_FILING',
  'site.siteCode': 'SITE_CODE',
  'xapi.endpoint': 'XAPI_ENDPOINT',
  'xapi.user': 'XAPI_USER',
  'xapi.password': 'XAPI_PASSWORD',
  'xapi.recipient': 'XAPI_RECIPIENT',
  'tls.cert': 'TLS_CERT',
  'tls.key': 'TLS_KEY',
}

const isLocal = ({ hostname }: URL) => ['localhost', '127.0.0.1'].includes(hostname)

function readOrigin(value: string, context: z.RefinementCtx): string {
  const wrong = (message: string) => (context.addIssue({ code: 'custom', message }), z.NEVER)
  const url = URL.canParse(value) ? new URL(value) : null
  if (!url || !/^https?:$/.test(url.protocol))
    return wrong('不是一个网址。请写成 ORIGIN=https://lianxue.example.gov.cn')
  if (url.protocol === 'http:' && !isLocal(url))
    return wrong(`只有本机（localhost、127.0.0.1）可以用 http。请用 HTTPS，写成 ORIGIN=https://${url.host}`)
  if (url.href !== `${url.origin}/`) return wrong(`只写协议和主机，不带路径。请写成 ORIGIN=${url.origin}`)
  return url.origin
}

function readEndpoint(value: string, context: z.RefinementCtx): string {
  const wrong = (message: string) => (context.addIssue({ code: 'custom', message }), z.NEVER)
  const example = '请写成 XAPI_ENDPOINT=https://lrs.example.gov.cn/xapi'
  const url = URL.canParse(value) ? new URL(value) : null
  if (!url || !/^https?:$/.test(url.protocol)) return wrong(`不是一个网址。${example}`)
  if (url.protocol === 'http:' && !isLocal(url))
    return wrong('只有本机（localhost、127.0.0.1）可以用 http，送到别处请用 HTTPS。')
  if (url.username || url.password || url.search || url.hash)
    return wrong(`只写地址，账号密码写在 XAPI_USER 和 XAPI_PASSWORD 里。${example}`)
  return url.href.replace(/\/+$/, '').replace(/\/statements$/, '')
}

/** All of them or none: a half-named thing is a mistake that would be noticed late. */
function together<Name extends string>(names: readonly Name[], message: string) {
  return (given: { [name in Name]?: string | undefined }, context: z.RefinementCtx) => {
    const missing = names.filter((name) => given[name] === undefined)
    if (missing.length === 0) return given as Record<Name, string>
    if (missing.length === names.length) return null
    for (const name of missing) context.addIssue({ code: 'custom', path: [name], message })
    return z.NEVER
  }
}

/** Browsers would be sent to an address at which nobody speaks their language. */
function requireHttps({ tls, origin }: { tls: unknown; origin: string }, context: z.RefinementCtx) {
  if (tls === null || origin.startsWith('https:')) return
  const message = `写了 TLS_CERT，就要用 https。请写成 ORIGIN=${origin.replace(/^http:/, 'https:')}`
  context.addIssue({ code: 'custom', path: ['origin'], message })
}

function checkSecret(value: string, context: z.RefinementCtx) {
  const wrong = (message: string) => context.addIssue({ code: 'custom', message })
  if (value === demoSecret) return wrong(`是演示用的，人人都知道。${newSecret}`)
  if (value.length < leastSecretLetters) return wrong(`太短，至少要${leastSecretLetters}个字符。${newSecret}`)
  if (new Set(value).size < leastDifferentLetters)
    return wrong(`太简单，不同的字符至少要${leastDifferentLetters}个。${newSecret}`)
}

const isNetwork = (text: string) => {
  const [address = '', bits, ...rest] = text.split('/')
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address) as 0 | 4 | 6]
  return (
    longest > 0 &&
    rest.length === 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest))
  )
}

function readNetworks(value: string, context: z.RefinementCtx): string[] {
  const networks = value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
  const wrong = networks.find((network) => !isNetwork(network))
  if (wrong === undefined) return networks
  context.addIssue({
    code: 'custom',
    message: `里的“${wrong}”不是地址或网段。请写成 TRUSTED_PROXY=127.0.0.1,10.0.0.0/8`,
  })
  return z.NEVER
}

/** An empty variable counts as not set. */
const given = (value: string | undefined) => (value?.trim() ? value.trim() : undefined)

function fromEnvironment(env: Environment) {
  const value = (name: string) => given(env[variables[name] as string])
  const within = (group: string, names: string[]) =>
    Object.fromEntries(names.map((name) => [name, value(`${group}.${name}`)]))
  const site = within('site', Object.keys(siteShape.shape))
  const xapi = within('xapi', Object.keys(xapiShape.in.shape))
  const tls = within('tls', Object.keys(tlsShape.in.shape))
  const plain = Object.keys(settingsShape.shape).filter((name) => name in variables)
  return { ...Object.fromEntries(plain.map((name) => [name, value(name)])), site, xapi, tls, demo: false }
}

/** The same settings with a secret that is none: for this machine only. */
const localShape = settingsShape.extend({ secret: z.literal(demoSecret) })

function read(shape: z.ZodType<Settings>, env: Environment): { settings: Settings } | { problems: string[] } {
  const outcome = shape.superRefine(requireHttps).safeParse(fromEnvironment(env))
  if (outcome.success) return { settings: outcome.data }
  return {
    problems: outcome.error.issues.map((issue) => `${variables[issue.path.join('.')]}：${issue.message}`),
  }
}

/**
 * Reads the settings from an environment: all of them, or every problem in Chinese, each naming its variable and
 * how to mend it. Pure.
 */
export function readSettings(env: Environment): { settings: Settings } | { problems: string[] } {
  return read(settingsShape, env)
}

/** Settings that nobody has to give, except where to listen and to write. What is invented is sent to nobody. */
function localSettings(env: Environment, mode: Settings['mode']): Settings {
  const origin = `http://localhost:${given(env['PORT']) ?? 4321}`
  const own = { NODE_ENV: mode, ORIGIN: origin, SECRET: demoSecret, HOST: '127.0.0.1', TRUSTED_PROXY: '' }
  const nobody = { XAPI_ENDPOINT: '', XAPI_USER: '', XAPI_PASSWORD: '', XAPI_RECIPIENT: '' }
  const outcome = read(localShape, { ...env, ...own, ...nobody, TLS_CERT: '', TLS_KEY: '' })
  if ('problems' in outcome) throw new SettingsRefused(outcome.problems)
  return outcome.settings
}

/** The demo's own settings: of the environment it takes PORT, DATA_DIR (default .data/demo), the site and LOG_LEVEL. */
export function demoSettings(env: Environment = process.env): Settings {
  return { ...localSettings({ DATA_DIR: '.data/demo', ...env }, 'production'), demo: true }
}

/** Thrown when the process must not start; its message lists every problem. */
export class SettingsRefused extends Error {
  readonly problems: string[]

  constructor(problems: string[]) {
    super(['设置有误，没有启动：', ...problems.map((problem) => `  · ${problem}`)].join('\n'))
    this.name = 'SettingsRefused'
    this.problems = problems
  }
}

/**
 * The settings of a production process, put in force.
 * @throws SettingsRefused with every problem.
 */
export function requireSettings(env: Environment = process.env): Settings {
  const outcome = readSettings({ ...env, NODE_ENV: 'production' })
  if ('problems' in outcome) throw new SettingsRefused(outcome.problems)
  return useSettings(outcome.settings)
}

/** The settings in force. Before a process has chosen its own they are those of development on this machine. */
export let settings: Settings = localSettings({}, 'development')
/** What the foot of every page says; always that of the settings in force. */
export let site: Site = settings.site

/** Puts settings in force, before anything that reads them is used. */
export function useSettings(chosen: Settings): Settings {
  settings = chosen
  site = chosen.site
  return chosen
}
