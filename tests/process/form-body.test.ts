import { expect, test } from 'vitest'
import { requireForm } from '#process/form-body.ts'

const urlencoded = 'application/x-www-form-urlencoded'
const multipart = 'multipart/form-data; boundary=x'
const part = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n'

test('a form as browsers send it is taken, in both ways', async () => {
  await requireForm(`${urlencoded};charset=UTF-8`, Buffer.from('a=b&c=d'))
  await requireForm(multipart, Buffer.from(`${part}--x--\r\n`))
})

test.each([
  ['JSON', 'application/json', '{', 415, '只收网页表单，收到的是别的内容。'],
  ['plain text', 'text/plain', 'a=b', 415, '只收网页表单，收到的是别的内容。'],
  ['of no type', '', 'a=b', 415, '只收网页表单，收到的是别的内容。'],
  ['without its boundary', 'multipart/form-data', part, 415, '只收网页表单，收到的是别的内容。'],
  ['cut off', multipart, part, 400, '收到的表单不完整。'],
  ['of very many fields', urlencoded, 'a&'.repeat(600), 413, '表单里的项目太多。'],
  ['of very many parts', multipart, `${part.repeat(600)}--x--\r\n`, 413, '表单里的项目太多。'],
])('a body that is %s is refused in words', async (_, type, body, status, message) => {
  await expect(requireForm(type, Buffer.from(body))).rejects.toMatchObject({ status, message })
})
