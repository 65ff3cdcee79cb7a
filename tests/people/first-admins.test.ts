import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeDatabase, openDatabase, read } from '#db/database.server.ts'
import { ask } from '#db/lock.server.ts'
import { audit, grant, person, unit } from '#db/schema/people.ts'
import { adminCommands } from '#people/first-admins.server.ts'
import { bearerOf } from '#people/slip.server.ts'

let dataDir = ''
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'lianxue-'))
  await openDatabase(dataDir, adminCommands)
})
afterAll(async () => {
  await closeDatabase()
  rmSync(dataDir, { recursive: true, force: true })
})

async function create(args: object): Promise<string[]> {
  const lines: string[] = []
  lines.push((await ask(dataDir, 'admin:create', args, (line) => lines.push(line))) ?? 'nobody answered')
  return lines
}
const codeOf = (line: string | undefined) => line?.split('/slip/')[1] ?? ''

test('without a name for the root unit nothing is made, and it says how to give one', async () => {
  await expect(create({})).rejects.toThrow('还没有最上级单位。请写出名称，例如 --unit 青溪县。')
  await expect(create({ unit: '县' })).rejects.toThrow('单位名称要2到30个字。')
  expect(await read.$count(person)).toBe(0)
})

test('a running server makes the root unit and three administrators, and says three links', async () => {
  const lines = await create({ unit: '青溪县', security: '李安全' })
  expect(lines).toHaveLength(4)
  expect(lines[0]).toMatch(/^系统管理员（admin-system）：http:\/\/localhost:4321\/slip\/[0-9A-Z-]{14}$/)
  expect(lines[1]).toContain('李安全（admin-security）')
  expect(lines[3]).toBe('每个链接七天内有效，只能用一次。请分别交给本人，由本人打开并设置密码。')
  expect((await bearerOf(codeOf(lines[2]), '10.0.0.1')).person).toMatchObject({ number: 'admin-audit' })
  const [root] = await read.select().from(unit)
  expect(root).toMatchObject({ name: '青溪县', parentId: null, kind: 'county', path: `/${root?.id}/` })
  expect((await read.select().from(grant)).map((one) => [one.role, one.unitId])).toEqual([
    ['system-admin', root?.id],
    ['security-admin', root?.id],
    ['audit-admin', root?.id],
  ])
  expect((await read.select().from(audit)).map((one) => one.act)).toContain('administrators-made')
})

test('it is done once; afterwards an administrator only gets a new link', async () => {
  await expect(create({ unit: '青溪县' })).rejects.toThrow(
    '已经有管理员：admin-system、admin-security、admin-audit。要给其中一位新的链接，请加 --reissue 工号。',
  )
  const [line] = await create({ reissue: 'admin-security' })
  const [again] = await create({ reissue: 'admin-security' })
  await expect(bearerOf(codeOf(line), '10.0.0.1')).rejects.toMatchObject({ kind: 'closed' })
  expect((await bearerOf(codeOf(again), '10.0.0.1')).person).toMatchObject({
    number: 'admin-security',
    name: '李安全',
  })
  await expect(create({ reissue: 'nobody' })).rejects.toThrow('没有工号是“nobody”的管理员。')
})

const run = (dir: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, ['src/commands/admin-create.ts', ...args], {
    env: {
      ...process.env,
      DATA_DIR: dir,
      ORIGIN: 'https://lianxue.example.gov.cn',
      SECRET: 'abcdefghijklmnopqrstuvwxyz0123456789',
    },
  }).catch((error: { stdout: string; stderr: string }) => error)

test('the command speaks to the server that runs', async () => {
  expect((await run(dataDir, '--reissue', 'admin-audit')).stdout).toContain('http://localhost:4321/slip/')
  expect((await run(dataDir, '--unit', '青溪县')).stderr).toContain('没有完成：已经有管理员：')
})

test('the command opens the database itself when no server runs', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'lianxue-'))
  const { stdout } = await run(empty, '--unit', '白石县', '--system', '王系统')
  expect(stdout).toContain('王系统（admin-system）：https://lianxue.example.gov.cn/slip/')
  expect((await run(empty, '--bogus')).stderr).toContain('用法：npm run admin:create')
  rmSync(empty, { recursive: true, force: true })
})
