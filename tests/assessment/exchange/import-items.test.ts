import { asc, eq } from 'drizzle-orm'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { availableItems, itemAt } from '#assessment/bank/bank.server.ts'
import { approveItem, retireItem } from '#assessment/bank/change.server.ts'
import { exportOpen, exportSealed, openFormats } from '#assessment/exchange/export-items.server.ts'
import { TakeItemsForm } from '#assessment/exchange/forms.ts'
import { enterItems, mendItems, previewItems, takeItems } from '#assessment/exchange/import-items.server.ts'
import { read } from '#db/database.server.ts'
import { bankItem } from '#db/schema/assessment.ts'
import { audit } from '#db/schema/people.ts'
import { CapabilityModel } from '#record/capability/model.ts'
import { useModel } from '#record/capability/model.server.ts'
import { sampleModel } from '../../support/capability.ts'
import { freshDatabase } from '../../support/database.ts'
import { refusal } from '../../people/house.ts'
import { goodItem } from '../../course/sample.ts'
import { BankFolder, banked, emptyLibrary } from '../bank/bank-folder.ts'

const model = JSON.stringify(sampleModel).replace('"conflict"', '"conflict-of-interest"')
useModel(CapabilityModel.parse(JSON.parse(model)), [])
const place = freshDatabase()
const by = (id: string) => ({ person: { id, number: id, name: id } })
const [writer, checker] = [by('writer'), by('checker')]
let folder = new BankFolder()
beforeEach(async () => {
  await emptyLibrary()
  folder.remove()
  folder = new BankFolder()
  await folder.bringIn(place.dataDir)
})
afterAll(() => folder.remove())

const passphrase = 'eight plain words that nobody would guess'
const grounds = `指标：conflict-of-interest\n依据：${goodItem.passage}\n出处：lsn-sizhi`
const sound = `1. 谢礼怎么办？\nA. 收下\nB. 退回\n答案：B\n解析：退回。\n${grounds}`
const faulty = `2. 下面哪样要公开？\nA. 账目\nB. 电话\n解析：账目要公开。\n${grounds}`

const take = (sent: Record<string, unknown>) => takeItems(writer, TakeItemsForm.parse(sent))
const paste = async (text: string, more: Record<string, unknown> = {}) => (await take({ text, ...more })).id
const file = (content: string | Uint8Array, name: string) => new File([content as never], name)
const verdicts = async (id: string) => (await previewItems(writer, id)).rows.map(({ verdict }) => verdict)
const form = (fields: Record<string, string>) => {
  const sent = new FormData()
  for (const [name, value] of Object.entries(fields)) sent.set(name, value)
  return sent
}
const drafts = async () =>
  read.select().from(bankItem).where(eq(bankItem.status, 'draft')).orderBy(asc(bankItem.id))
const acts = async () =>
  (await read.select().from(audit).orderBy(asc(audit.id))).map(({ act, target }) => `${act} ${target}`)

async function bytesOf(content: string | Uint8Array | AsyncIterable<Uint8Array>): Promise<Buffer> {
  if (typeof content === 'string' || content instanceof Uint8Array) return Buffer.from(content as string)
  const chunks: Uint8Array[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks)
}

describe('a pasted paper', () => {
  test('is looked at, mended in its own field, entered as drafts, and approved by somebody else', async () => {
    const id = await paste(`${sound}\n${faulty}`)
    expect(await drafts()).toEqual([])
    const { rows, counts } = await previewItems(writer, id)
    expect(counts).toEqual({ sound: 1, there: 0, faulty: 1 })
    const wrong = rows[1]
    expect(wrong).toMatchObject({ verdict: 'faulty', faults: [{ message: '没有答案。' }] })
    await mendItems(writer, form({ upload: id, [wrong?.field ?? '']: `${wrong?.written.text}\n答案：A` }))
    expect(await verdicts(id)).toEqual(['sound', 'sound'])
    expect(await enterItems(writer, { upload: id })).toEqual({ id, entered: 2, left: 0 })
    const entered = await drafts()
    expect(entered).toMatchObject([
      { secure: false, author: 'writer', status: 'draft' },
      { secure: false, author: 'writer' },
    ])
    const draft = entered[0]?.id ?? ''
    expect(await itemAt(draft, 1)).toMatchObject({ source: 'lsn-sizhi' })
    await expect(approveItem(writer, draft)).rejects.toMatchObject({ kind: 'invalid' })
    await approveItem(checker, draft)
    expect((await availableItems({ secure: false })).map((one) => one.id)).toContain(draft)
    expect((await refusal(previewItems(writer, id))).kind).toBe('closed')
  })

  test('sound items can be entered first; faulty ones stay until they are mended or emptied', async () => {
    const id = await paste(`${sound}\n${faulty}`)
    expect(await enterItems(writer, { upload: id })).toEqual({ id, entered: 1, left: 1 })
    expect(await verdicts(id)).toEqual(['faulty'])
    expect(await refusal(enterItems(writer, { upload: id }))).toMatchObject({ message: '没有可以收的题。' })
    const [row] = (await previewItems(writer, id)).rows
    await mendItems(writer, form({ upload: id, [row?.field ?? '']: '不是题目' }))
    const [still] = (await previewItems(writer, id)).rows
    expect(still).toMatchObject({
      verdict: 'faulty',
      written: { text: '不是题目' },
      faults: [{ message: '这里没有认出题目。' }],
    })
    await mendItems(writer, form({ upload: id, [still?.field ?? '']: '' }))
    expect(await verdicts(id)).toEqual([])
  })

  test('the same paper again is there already, and nothing is entered twice', async () => {
    await enterItems(writer, { upload: await paste(sound) })
    const again = await paste(sound)
    expect(await verdicts(again)).toEqual(['there'])
    expect((await refusal(enterItems(writer, { upload: again }))).kind).toBe('invalid')
    expect(await drafts()).toHaveLength(1)
  })

  test('belongs to who pasted it', async () => {
    const id = await paste(sound)
    expect((await refusal(previewItems(checker, id))).kind).toBe('closed')
    expect((await refusal(mendItems(checker, form({ upload: id })))).kind).toBe('closed')
    expect((await refusal(enterItems(checker, { upload: id }))).kind).toBe('closed')
  })
})

describe('an upload that cannot be read is refused beside its field', () => {
  test.each([
    [{}, 'file', '还没有选文件，也没有粘贴题目。'],
    [{ text: '你好' }, 'text', '里面没有认出题目。'],
    [{ file: file('x', 'a.pdf') }, 'file', '不认识这种文件。'],
    [{ file: file('x', 'a.docx') }, 'file', '文件名和里面的内容对不上。'],
    [
      { file: file(Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'a.doc') },
      'file',
      '这是旧格式的文件（.doc或.xls），或者加了密码。',
    ],
    [{ file: file('{"a":1}', 'a.json') }, 'file', '这个JSON不是本平台导出的题目。'],
    [{ file: file('{', 'a.json') }, 'file', '这不是完整的JSON。'],
    [{ file: file('a: *b', 'a.yaml') }, 'file', '第1行第4列：'],
    [{ file: file(new Uint8Array(5 * 1024 * 1024 + 1).fill(65), 'a.txt') }, 'file', '文件超过5 MB。'],
    [{ text: '1. 问', file: file('1. 问', 'a.txt') }, 'text', '选了文件，又粘贴了题目。'],
    [{ file: file('LIANXUE-SEALED-1', 'a.sealed') }, 'passphrase', '这是加密的题目。'],
  ])('%#', async (sent, field, says) => {
    const error = await take(sent).catch((one: unknown) => one)
    expect(error).toMatchObject({ field, kind: 'invalid' })
    expect((error as Error).message).toContain(says)
    expect((error as { hint: string }).hint).toMatch(/。$/)
  })

  test('no bytes under any name make the process stumble', async () => {
    const names = ['a.txt', 'a.docx', 'a.xlsx', 'a.zip', 'a.xml', 'a.json', 'a.yaml', 'a.sealed']
    let seed = 7
    const random = () => (seed = (seed * 48_271) % 2_147_483_647)
    for (const name of names)
      for (const begins of ['', 'PK\x03\x04', '\uFEFF', '<?xml'])
        await take({
          file: file(
            Buffer.concat([
              Buffer.from(begins),
              Buffer.from(Array.from({ length: 300 }, () => random() % 256)),
            ]),
            name,
          ),
        }).catch((error: unknown) => expect(error).toMatchObject({ name: 'WrongField' }))
  })
})

describe('secure items', () => {
  beforeEach(async () => {
    const { id } = await take({ text: sound.replace('谢礼怎么办', '密题怎么办'), secure: 'true' })
    await enterItems(writer, { upload: id })
  })

  test('stand in no file but the sealed one, and each sealing is in the audit log', async () => {
    const secret = (await drafts())[0]?.id ?? ''
    for (const format of openFormats) {
      const bytes = await bytesOf((await exportOpen(format, null)).content)
      const zipped = bytes.subarray(0, 2).toString() === 'PK'
      const texts = zipped
        ? Object.entries(unzipSync(bytes)).map(([name, part]) => name + strFromU8(part))
        : [bytes.toString()]
      const all = texts.join('\n')
      expect(all, format).toContain(banked.id)
      expect(all, format).not.toContain('密题')
      expect(all, format).not.toContain(secret)
    }
    const sealed = await exportSealed(checker, passphrase, passphrase)
    expect(sealed.includes(secret) || sealed.includes('密题')).toBe(false)
    expect(await acts()).toEqual([`item-entered ${secret}`, 'items-sealed bank'])
  })

  test('come back from a sealed file as secure items, whatever is ticked', async () => {
    const sealed = await exportSealed(checker, passphrase, passphrase)
    const before = await drafts()
    await emptyLibrary()
    await folder.bringIn(place.dataDir)
    const { id } = await take({ file: file(sealed, '保密题目.sealed'), passphrase })
    expect(await previewItems(writer, id)).toMatchObject({ secure: true, counts: { sound: 1 } })
    await enterItems(writer, { upload: id })
    expect((await drafts()).map((row) => [row.id, row.secure])).toEqual(before.map((row) => [row.id, true]))
  })

  test('are not sealed with a short passphrase, or two that differ, and a wrong one opens nothing', async () => {
    expect(await refusal(exportSealed(writer, '太短', '太短'))).toMatchObject({
      message: expect.stringContaining('口令太短'),
    })
    expect((await refusal(exportSealed(writer, passphrase, `${passphrase}.`))).message).toContain('不一样')
    const sealed = await exportSealed(writer, passphrase, passphrase)
    const error = await take({ file: file(sealed, 'a.sealed'), passphrase: `${passphrase}.` }).catch(
      (one: unknown) => one,
    )
    expect(error).toMatchObject({
      field: 'passphrase',
      message: '打不开：口令不对，或者文件改动过、没有传完整。',
    })
  })
})

describe('what is exported is imported again as the very same', () => {
  test.each(openFormats.filter((format) => format !== 'yaml'))('%s', async (format) => {
    const { content, ending } = await exportOpen(format, null)
    const { id } = await take({ file: file(await bytesOf(content), `题目.${ending}`) })
    const { rows } = await previewItems(writer, id)
    expect(rows.map(({ verdict }) => verdict)).toEqual(rows.map(() => 'there'))
    expect(rows.length).toBe(format === 'json' ? 2 : 1)
  })

  test('files for content/items are as its own, by indicator, and retired items are in none', async () => {
    const { content } = await exportOpen('yaml', null)
    const files = unzipSync(await bytesOf(content))
    expect(Object.keys(files)).toEqual(['items/conflict-of-interest/from-site-1.yaml'])
    const text = strFromU8(Object.values(files)[0] as Uint8Array)
    expect(text).toContain('procedure: vote')
    expect(text).not.toContain('rules:')
    await retireItem(writer, banked.id, '不用了')
    expect(strFromU8(await bytesOf((await exportOpen('json', null)).content))).not.toContain(banked.id)
    expect(strFromU8(await bytesOf((await exportOpen('json', 'openness')).content))).toContain('"items": []')
  })
})
