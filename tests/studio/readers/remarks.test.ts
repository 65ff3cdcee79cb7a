// The way of a remark: received, answered, changed; followed by its address, and by nobody else.
import { afterEach, beforeAll, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { onLibraryChange } from '#course/library-change.server.ts'
import { read, write } from '#db/database.server.ts'
import { audit, feedback, limit } from '#db/schema/people.ts'
import { theProcess } from '#people/audit.server.ts'
import { giveRemark } from '#people/feedback.server.ts'
import { erasePerson } from '#people/erase.server.ts'
import { stateNames } from '#people/feedback.ts'
import { answerFeedback } from '#studio/readers/answer-feedback.server.ts'
import { AnswerFeedbackForm } from '#studio/readers/forms.ts'
import {
  countRemarks,
  documentsSpokenOf,
  listRemarks,
  publicAnswers,
  remarkAt,
} from '#studio/readers/remarks.server.ts'
import { subjectOf } from '#studio/readers/subject.ts'
import { publishAgain, realLibrary, sessionOf, showAgain, withdraw } from '../../course/real-library.ts'
import { addPerson, addUnits, refusal } from '../../people/house.ts'
import * as happen from '../../record/happenings.ts'

realLibrary()
const clock = happen.stoppedClock('2026-03-10T02:00:00.000Z')
beforeAll(() => addUnits({ county: '/county/' }))
afterEach(() => write((tx) => Promise.all([tx.delete(feedback), tx.delete(limit)])))

const lesson = '/courses/jiafeng-jiaxun/sizhi'
const trainer = sessionOf('trainer')
const say = (text: string, page = lesson, stars: number | null = null) =>
  giveRemark({ page, stars, text, origin: 'reader' }, 'x')
const answer = (remark: string, text: string, more: object = {}) =>
  answerFeedback(trainer, AnswerFeedbackForm.parse({ remark, answer: text, ...more }))
const everything = { document: '', low: false }

test('whoever holds the address follows the remark: received, answered, changed', async () => {
  const id = await say('“四知”的出处写错了卷数')
  const state = async () => stateNames[(await remarkAt(id))?.state ?? 'received']
  expect(await remarkAt(id)).toMatchObject({
    state: 'received',
    text: '“四知”的出处写错了卷数',
    subject: { href: lesson },
    answer: null,
  })
  await answer(id, '谢谢，卷数核对过了，正在改。')
  expect(await state()).toBe('已答复')
  const { answeredAt } = (await remarkAt(id)) ?? {}
  await publishAgain('lsn-sizhi', {})
  clock.advance(60)
  await answer(id, '谢谢，卷数已经改好。', { answeredAt, changed: 'yes' })
  expect(await state()).toBe('已改')
  expect(await remarkAt(id)).toMatchObject({ answer: '谢谢，卷数已经改好。', changedNumber: 2 })
})

test('another address finds nothing, however near it is', async () => {
  const id = await say('好')
  const near = `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`
  for (const other of [near, '', '%', id.slice(0, 8), id.toUpperCase()])
    expect(await remarkAt(other)).toBeNull()
})

test('nothing is called mended while readers still see what was spoken of', async () => {
  const id = await say('这一句读不通')
  const refused = await refusal(answer(id, '已经改好，谢谢。', { changed: 'yes' }))
  expect(refused.message).toBe('读者看到的还是他说的那一稿。')
  const general = await say('字太小', '/help')
  expect((await refusal(answer(general, '已经改好，谢谢。', { changed: 'yes' }))).message).toMatch('没有修订')
  expect((await read.select().from(feedback)).every((row) => row.answer === null)).toBe(true)
})

test('of two who answer at once the second is told, and the first answer stands', async () => {
  const id = await say('好')
  await answer(id, '谢谢你的意见。')
  expect((await refusal(answer(id, '我们会改的，谢谢。'))).kind).toBe('already-done')
  expect((await remarkAt(id))?.answer).toBe('谢谢你的意见。')
})

test('an answer has five to five hundred letters', () => {
  const sent = (text: string) => AnswerFeedbackForm.safeParse({ remark: 'x', answer: text }).success
  expect([sent('谢谢'), sent(' 谢谢 　 '), sent('谢谢你了。'), sent('谢'.repeat(501))]).toEqual([
    ...[false, false, true, false],
  ])
})

test('everybody reads the answers, newest first, and never what was said or its address', async () => {
  const first = await say('村长王某某收钱')
  const second = await say('看不懂', '/stories/hepu', 1)
  await say('没有人答复这一条')
  await answer(first, '这里不受理举报，请拨12388。')
  clock.advance(60)
  await answer(second, '加了一段说明，请再看看。')
  const { rows, more } = await publicAnswers(1)
  expect(rows.map((row) => row.answer)).toEqual(['加了一段说明，请再看看。', '这里不受理举报，请拨12388。'])
  expect(rows[0]?.subject.href).toBe('/stories/hepu')
  const told = JSON.stringify(rows)
  for (const secret of ['王某某', '看不懂', first, second]) expect(told).not.toContain(secret)
  expect(more).toBe(false)
})

test('what is withdrawn is not named among the answers, and its remark leads nowhere', async () => {
  const id = await say('好')
  await answer(id, '谢谢你的意见。')
  await withdraw('lsn-sizhi', '出处有疑')
  expect((await publicAnswers(1)).rows).toEqual([])
  expect((await remarkAt(id))?.subject.href).toBeNull()
  await showAgain('lsn-sizhi')
  expect((await publicAnswers(1)).rows).toHaveLength(1)
})

test('an address that tells of a person, or of what was searched, is not told on', () => {
  const elsewhere = { title: '网站的其他页面', href: null }
  expect(subjectOf('/people/0198-abc', null)).toEqual(elsewhere)
  expect(subjectOf('/张三是小偷', null)).toEqual(elsewhere)
  expect(subjectOf('/search?q=张三', null)).toEqual({ title: '查找', href: null })
  expect(subjectOf('/help?张三#x', null)).toEqual({ title: '帮助', href: '/help' })
})

test('an answer is a line of the audit log, and stored pages are told after it', async () => {
  const id = await say('好')
  const told: string[][] = []
  const end = onLibraryChange((tags) => told.push(tags))
  await answer(id, '谢谢你的意见。')
  end()
  expect(told.flat()).toContain('feedback')
  expect(await read.select().from(audit).where(eq(audit.target, id))).toMatchObject([
    { actorId: 'trainer', act: 'feedback-answered', detail: { changed: false } },
  ])
})

test('the studio finds what waits, oldest first, by document and by few stars; stars alone wait for nobody', async () => {
  const ids = [
    await say('一'),
    await say('二', '/help'),
    await say('三', lesson, 2),
    await say('', lesson, 1),
  ]
  const waiting = async (asked: object) =>
    (await listRemarks(false, { ...everything, ...asked }, 1)).rows.map(({ id }) => ids.indexOf(id))
  expect(await waiting({})).toEqual([0, 1, 2])
  expect(await waiting({ document: 'lsn-sizhi' })).toEqual([0, 2])
  expect(await waiting({ low: true })).toEqual([2])
  expect((await documentsSpokenOf()).map(({ id }) => id)).toEqual(['lsn-sizhi'])
  await answer(ids[0] ?? '', '谢谢你的意见。')
  expect(await waiting({})).toEqual([1, 2])
  expect((await listRemarks(true, everything, 1)).rows).toMatchObject([{ id: ids[0] }])
})

test('long lists come page by page, and each remark once', async () => {
  for (let i = 0; i < 25; i++) await say(`第${i}条`)
  const [first, second] = [await listRemarks(false, everything, 1), await listRemarks(false, everything, 2)]
  expect([first.rows.length, first.more, second.rows.length, second.more]).toEqual([20, true, 5, false])
  expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(25)
})

test('what came in, was answered and led to a change in ninety days is counted', async () => {
  await say('很久以前说的')
  clock.advance(91 * 86_400)
  const id = await say('好')
  await say('也好')
  await say('', lesson, 5)
  await answer(id, '谢谢你的意见。')
  expect(await countRemarks()).toEqual({ received: 2, answered: 1, changed: 0 })
})

test('a remark names nobody, so erasing a person changes none; the answer stays', async () => {
  const person = await addPerson({ number: '1', unit: 'county', roles: [['trainer', 'county']] })
  const id = await say('好')
  await answerFeedback(sessionOf(person), AnswerFeedbackForm.parse({ remark: id, answer: '谢谢你的意见。' }))
  const before = await remarkAt(id)
  await erasePerson(person, theProcess)
  expect(await remarkAt(id)).toEqual(before)
})
