// What somebody wrote in Word becomes a draft, with everything that could not come along said where it is mended.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settings, useSettings } from '#env.ts'
import { startByForm } from '#studio/draft/start-by-form.server.ts'
import { closeJudge } from '#studio/judge/judge.server.ts'
import { remarksOn } from '#studio/reading/read-draft.server.ts'
import { openDraft } from '#studio/draft/save.server.ts'
import { drawing, heading, paragraph, png, run, wordFile } from '../../support/word-file.ts'
import { newsroom, person, stored } from '../newsroom.ts'

const place = newsroom()
beforeAll(() => void useSettings({ ...settings, dataDir: place.dataDir }))
afterAll(closeJudge)

const asFile = (bytes: Uint8Array) => new File([new Uint8Array(bytes)], '会议室.docx')
const asked = { kind: 'lesson' as const, title: '', course: 'crs-jiafeng' }

test('text and pictures come along, and what did not is a remark on the draft', async () => {
  const body = [
    heading(1, run('会议室怎样借')),
    heading(2, run('借用之前')),
    paragraph(run('先登记。')),
    paragraph(drawing('a.png', null)),
  ]
  const file = asFile(wordFile({ body, media: { 'a.png': await png(1) } }))
  const id = await startByForm(person('wang'), { ...asked, file })
  const { title, files, source } = await stored(id)
  expect(title).toBe('会议室怎样借')
  expect(source).toContain('## 借用之前\n\n先登记。')
  expect(Object.keys(files)).toEqual(['picture-1.webp'])
  expect((await remarksOn(id)).map(({ text }) => text)).toEqual([expect.stringContaining('图片 1 没有说明')])
  expect((await openDraft(person('wang'), { draft: id })).document).not.toBeNull()
})

test('a file that is none begins nothing, and is told beside its field', async () => {
  const file = asFile(Buffer.from('no zip'))
  await expect(startByForm(person('wang'), { ...asked, file })).rejects.toMatchObject({ field: 'file' })
})

test('without a file there must be a title', async () => {
  await expect(startByForm(person('wang'), asked)).rejects.toMatchObject({ field: 'title' })
})
