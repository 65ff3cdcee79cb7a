import { expect, test } from 'vitest'
import { demoSettings, readSettings, requireSettings, SettingsRefused } from '#env.ts'

const good = {
  ORIGIN: 'https://lianxue.example.gov.cn',
  SECRET: 'q8Zr4kPvT1xYw7LsNb3Hc6Jd9Fg2Ma5E',
}
const lrs = {
  ...{ XAPI_ENDPOINT: 'https://lrs.cn/xapi', XAPI_USER: 'sender', XAPI_PASSWORD: 'a secret' },
  XAPI_RECIPIENT: '市委组织部，电话 0870-0000000',
}
const problemsOf = (env: Record<string, string | undefined>) => {
  const outcome = readSettings({ ...good, ...env })
  return 'problems' in outcome ? outcome.problems : []
}

test('two settings are enough, all others have a value', () => {
  const outcome = readSettings(good)
  expect(outcome).toMatchObject({
    settings: {
      mode: 'production',
      demo: false,
      origin: 'https://lianxue.example.gov.cn',
      port: 4321,
      host: '127.0.0.1',
      trustedProxy: [],
      hourRule: 'yunnan-2024',
      logLevel: 'info',
      xapi: null,
      site: { name: '廉学', sponsor: '', icp: '', police: '', appFiling: '', siteCode: '' },
    },
  })
})

test('who starts with nothing is told everything that is missing, and how to mend it', () => {
  expect(readSettings({})).toEqual({
    problems: [
      'ORIGIN：没有设置。请写人们访问网站的地址，例如 ORIGIN=https://lianxue.example.gov.cn',
      `SECRET：没有设置。请用 node -p "crypto.randomBytes(36).toString('base64')" 生成一个，写成 SECRET=…`,
    ],
  })
})

test.each([
  ['a short secret', { SECRET: 'abc' }, 'SECRET：太短，至少要32个字符。'],
  ['a secret of few letters', { SECRET: 'ab'.repeat(20) }, 'SECRET：太简单，不同的字符至少要12个。'],
  ['the secret of the demo', { SECRET: demoSettings({}).secret }, 'SECRET：是演示用的，人人都知道。'],
  ['an empty secret', { SECRET: '  ' }, 'SECRET：没有设置。'],
  [
    'http outside this machine',
    { ORIGIN: 'http://a.cn' },
    'ORIGIN：只有本机（localhost、127.0.0.1）可以用 http。',
  ],
  [
    'an origin with a path',
    { ORIGIN: 'https://a.cn/x' },
    'ORIGIN：只写协议和主机，不带路径。请写成 ORIGIN=https://a.cn',
  ],
  ['an origin that is none', { ORIGIN: 'lianxue' }, 'ORIGIN：不是一个网址。'],
  ['an origin of another kind', { ORIGIN: 'ftp://a.cn' }, 'ORIGIN：不是一个网址。'],
  ['a port in words', { PORT: 'http' }, 'PORT：请写端口的号码'],
  ['a port that is too high', { PORT: '70000' }, 'PORT：端口在 1 到 65535 之间'],
  [
    'a proxy that is no address',
    { TRUSTED_PROXY: '127.0.0.1, nginx' },
    'TRUSTED_PROXY：里的“nginx”不是地址或网段。',
  ],
  [
    'a network that is too long',
    { TRUSTED_PROXY: '10.0.0.0/33' },
    'TRUSTED_PROXY：里的“10.0.0.0/33”不是地址或网段。',
  ],
  ['a log level that is none', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL：只能是'],
  [
    'a store of statements over plain http',
    { ...lrs, XAPI_ENDPOINT: 'http://lrs.cn/xapi' },
    'XAPI_ENDPOINT：只有本机（localhost、127.0.0.1）可以用 http，送到别处请用 HTTPS。',
  ],
  [
    'a store of statements with a password in its address',
    { ...lrs, XAPI_ENDPOINT: 'https://u:p@lrs.cn/xapi' },
    'XAPI_ENDPOINT：只写地址，账号密码写在 XAPI_USER 和 XAPI_PASSWORD 里。',
  ],
  [
    'a store of statements that is no address',
    { ...lrs, XAPI_ENDPOINT: 'lrs' },
    'XAPI_ENDPOINT：不是一个网址。',
  ],
  ['a store of statements without a password', { ...lrs, XAPI_PASSWORD: ' ' }, 'XAPI_PASSWORD：没有设置。'],
  [
    'a store of statements that nobody is named for',
    { ...lrs, XAPI_RECIPIENT: '' },
    'XAPI_RECIPIENT：没有设置。',
  ],
  ['an account of a store that cannot be sent', { ...lrs, XAPI_USER: 'a:b' }, 'XAPI_USER：不能有冒号'],
  ['a certificate without its key', { TLS_CERT: '/etc/lianxue/cert.pem' }, 'TLS_KEY：没有设置。'],
  [
    'a key without its certificate',
    { TLS_KEY: '/etc/lianxue/key.pem', TLS_CERT: ' ' },
    'TLS_CERT：没有设置。',
  ],
  [
    'a certificate for an address without HTTPS',
    { TLS_CERT: 'cert.pem', TLS_KEY: 'key.pem', ORIGIN: 'http://localhost:4321' },
    'ORIGIN：写了 TLS_CERT，就要用 https。请写成 ORIGIN=https://localhost:4321',
  ],
  ['a rule that is a path', { HOUR_RULE: '../x' }, 'HOUR_RULE：请写 content/hour-rules/ 里的文件名'],
])('%s is refused by name', (_, env, beginning) => {
  const problems = problemsOf(env)
  expect(problems).toHaveLength(1)
  expect(problems[0]).toContain(beginning)
})

test('http is enough on this machine', () => {
  expect(problemsOf({ ORIGIN: 'http://localhost:4321' })).toEqual([])
  expect(problemsOf({ ORIGIN: 'http://127.0.0.1:4321' })).toEqual([])
})

test('another store is sent to only when address, account and password are all given', () => {
  expect(readSettings({ ...good, ...lrs, XAPI_ENDPOINT: 'https://lrs.cn/xapi/statements/' })).toMatchObject({
    settings: { xapi: { endpoint: 'https://lrs.cn/xapi', user: 'sender', password: 'a secret' } },
  })
  expect(problemsOf({ ...lrs, XAPI_ENDPOINT: 'http://127.0.0.1:8080/xapi' })).toEqual([])
})

test('a site with a certificate of its own names both files, any other none', () => {
  const tls = { TLS_CERT: '/etc/lianxue/cert.pem', TLS_KEY: '/etc/lianxue/key.pem' }
  expect(readSettings({ ...good, ...tls })).toMatchObject({
    settings: { tls: { cert: '/etc/lianxue/cert.pem', key: '/etc/lianxue/key.pem' } },
  })
  expect(readSettings(good)).toMatchObject({ settings: { tls: null } })
  expect(demoSettings(tls).tls).toBeNull()
})

test('proxies are a list of addresses and networks', () => {
  const outcome = readSettings({ ...good, TRUSTED_PROXY: '127.0.0.1, 10.0.0.0/8,fd00::/8' })
  expect(outcome).toMatchObject({ settings: { trustedProxy: ['127.0.0.1', '10.0.0.0/8', 'fd00::/8'] } })
})

test('production lists all problems at once and does not start', () => {
  expect(() => requireSettings({ NODE_ENV: 'development', PORT: '-1' })).toThrow(SettingsRefused)
  expect(() => requireSettings({ PORT: '-1' })).toThrow(
    /设置有误，没有启动：\n {2}· ORIGIN：.*\n {2}· SECRET：.*\n {2}· PORT：/,
  )
})

test('the demo brings its own settings and listens on this machine only, whatever is set', () => {
  const settings = demoSettings({
    PORT: '5000',
    HOST: '0.0.0.0',
    ORIGIN: 'https://a.cn',
    SITE_NAME: '清风学堂',
    ...lrs,
  })
  expect(settings).toMatchObject({
    demo: true,
    host: '127.0.0.1',
    port: 5000,
    origin: 'http://localhost:5000',
    // What is invented is sent to nobody.
    xapi: null,
  })
  expect(settings.site.name).toBe('清风学堂')
  expect(settings.dataDir).toMatch(/\.data\/demo$/)
})
