// Stories, cases and lists: what the import takes, what it refuses and how it says so, what pages get.
import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { caseSections } from '#course/case.ts'
import { importLibrary } from '#course/import.server.ts'
import { publishedCourses } from '#course/library.server.ts'
import { withdrawIn } from '#course/publish.server.ts'
import { caseBySlug, lessonBehind, listBySlug, publishedStories, storyBySlug } from '#course/texts.server.ts'
import { read, write } from '#db/database.server.ts'
import { document, item, media, revision, revisionItem } from '#db/schema/library.ts'
import { find } from '#search/find.server.ts'
import { freshDatabase } from '../support/database.ts'
import { courseSource, LibraryFolder } from './library-folder.ts'

const place = freshDatabase()
let folder = new LibraryFolder()

const provenance = `sources: [{ work: 《后汉书》 }]
attribution: certain
checkedBy: 周文澜
checkedOn: 2026-10-28
reviewBy: 2027-10-28
path: 不想腐
indicators: [conflict-of-interest]
summary: 一条鱼挂在院子里。`
const story = (body: string, id = 'sto-xuanyu') =>
  `---\nid: ${id}\ntitle: 悬鱼\nhall: 清廉故事\nseason: 冬\nquestion: 家里收过什么不好推的东西？\nlesson: lsn-sizhi\n${provenance}\n---\n\n${body}\n`
const caseHead = `id: cas-yeliao\ntitle: 夜里聊一聊\ntopics: [议事协商]\nsettings: [村]\nneeds: [带头人]\nlesson: lsn-sizhi
spoken: [有话没处说, 开会没人来, 意见收不上来, 白天都在地里, 干部不下来, 会上都不吭声, 想提意见, 没人听]`
const practice = (headings: readonly string[]) =>
  `---\n${caseHead}\n${provenance}\n---\n\n${headings.map((title) => `## ${title}\n\n${title}写在这里。`).join('\n\n')}\n`
const list = (ids: string[]) =>
  JSON.stringify({
    id: 'lst-xiaowei',
    title: '小微权力清单',
    summary: '样例。',
    caution: '换成本地的清单。',
    path: '不能腐',
    indicators: ['small-powers'],
    sources: [{ work: '样例' }],
    attribution: 'certain',
    checkedBy: '周文澜',
    checkedOn: '2026-10-28',
    reviewBy: '2027-10-28',
    entries: ids.map((id) => ({
      id,
      area: '资金管理',
      title: '报一张发票',
      steps: [{ text: '经手人签字', who: '经手人' }],
      basis: '本地规定',
    })),
  })

const load = () => importLibrary({ contentDir: folder.path, dataDir: place.dataDir })
const drawing = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1"/></svg>'

beforeEach(async () => {
  await write(async (tx) => {
    for (const table of [revisionItem, item, media, revision, document]) await tx.delete(table)
  })
  folder.remove()
  folder = new LibraryFolder()
  folder.write(
    'stories/xuanyu/index.mdx',
    story('<Figure src="yu.svg" alt="一条鱼挂在梁上" />\n\n鱼挂在院子里。'),
  )
  folder.write('stories/xuanyu/yu.svg', drawing)
  folder.write('cases/yeliao/index.mdx', practice(caseSections))
  folder.write('lists/xiaowei/list.yaml', list(['baoxiao']))
})
afterAll(() => folder.remove())

test('a story is read with its picture, its text and the lesson that tells more', async () => {
  expect((await load()).problems).toEqual([])
  expect(await storyBySlug('xuanyu')).toMatchObject({
    title: '悬鱼',
    picture: expect.stringMatching(/^\/media\/[0-9a-f]{64}\.svg$/),
    sections: [{ id: 'lead', text: '鱼挂在院子里。' }],
  })
  expect(await lessonBehind('lsn-sizhi')).toMatchObject({ href: '/courses/jiafeng/sizhi' })
  expect(await storyBySlug('nobody-told')).toBeNull()
})

test('a case keeps its five headings, a list its entries as places to go to', async () => {
  await load()
  const found = await caseBySlug('yeliao')
  expect(found?.sections.map(({ title }) => title)).toEqual([...caseSections])
  expect((await listBySlug('xiaowei'))?.entries).toHaveLength(1)
})

test('a withdrawn story is said to be withdrawn, and is in no list', async () => {
  await load()
  const change = { withdrawnAt: '2026-03-10T02:00:00.000Z', withdrawnReason: '引文有疑' }
  await write((tx) => tx.update(document).set(change).where(eq(document.id, 'sto-xuanyu')))
  await expect(storyBySlug('xuanyu')).rejects.toThrow('这个故事已撤展：引文有疑。')
  expect(await publishedStories()).toEqual([])
})

test('a lesson that is withdrawn is not led to', async () => {
  await load()
  const change = { withdrawnAt: '2026-03-10T02:00:00.000Z' }
  await write((tx) => tx.update(document).set(change).where(eq(document.id, 'lsn-sizhi')))
  expect(await lessonBehind('lsn-sizhi')).toBeNull()
  expect(await lessonBehind(undefined)).toBeNull()
})

test.each([
  ['cases/yeliao/index.mdx', practice(['做法']), '案例的小标题是“做法”。'],
  ['stories/xuanyu/index.mdx', story('<Quiz item="itm-sizhi-1" />'), '检查题只放在课文里。'],
  ['lists/xiaowei/list.yaml', list(['baoxiao', 'baoxiao']), '代号 baoxiao 在这份清单里用了两次。'],
  ['stories/xuanyu/index.mdx', story('另一个。', 'sizhi'), '以 sto- 开头'],
  [
    'cases/yeliao/index.mdx',
    practice(caseSections).replace('lsn-sizhi', 'lsn-nobody'),
    '没有课文 lsn-nobody。',
  ],
])('%s with a fault is refused and the fault is named', async (file, source, says) => {
  folder.write(file, source)
  const { problems } = await load()
  expect(problems.map(({ file: at, message, mend }) => `${at} ${message}${mend}`).join()).toContain(says)
  expect(problems[0]?.file).toBe(file)
  const rest = await read.select().from(document).where(eq(document.id, 'lsn-sizhi'))
  expect(rest).toHaveLength(1)
})

test('a folder without its text, or with a name that cannot be an address, is named', async () => {
  folder.write('stories/悬鱼/index.mdx', story('鱼。'))
  folder.write('stories/empty/notes.txt', '空')
  const { problems } = await load()
  expect(problems.map(({ message }) => message)).toEqual(['缺少 index.mdx。', '文件夹名“悬鱼”不能用作网址。'])
})

test('a number before the name of a course is its place, and no part of its address', async () => {
  folder.write('courses/02-abacus/course.yaml', courseSource.replace('crs-jiafeng', 'crs-abacus'))
  folder.move('courses/jiafeng', 'courses/09-jiafeng')
  expect((await load()).problems).toEqual([])
  expect((await publishedCourses()).map(({ slug }) => slug)).toEqual(['abacus', 'jiafeng'])
})

const foundAt = async (q: string) => {
  const found = await find({ q })
  return found.type === 'found' ? found.results.map(({ address }) => address.replace(/#.*/, '')) : []
}

test('what is withdrawn is found no more, its lessons with a course; shown again it is found again', async () => {
  await load()
  expect(await foundAt('四知')).toContain('/courses/jiafeng/sizhi')
  expect(await foundAt('悬鱼')).toEqual(['/stories/xuanyu'])
  const withdrawn = { at: '2026-03-10T02:00:00.000Z', reason: '引文有疑' }
  await write((tx) => withdrawIn(tx, 'sto-xuanyu', withdrawn))
  await write((tx) => withdrawIn(tx, 'crs-jiafeng', withdrawn))
  expect(await foundAt('悬鱼')).toEqual([])
  expect(await foundAt('四知')).toEqual([])
  await write((tx) => withdrawIn(tx, 'crs-jiafeng', null))
  expect(await foundAt('四知')).toContain('/courses/jiafeng/sizhi')
})

test('what has moved is found at its new address', async () => {
  await load()
  folder.move('stories/xuanyu', 'stories/yu')
  folder.move('courses/jiafeng', 'courses/jiaxun')
  expect((await load()).problems).toEqual([])
  expect(await foundAt('悬鱼')).toEqual(['/stories/yu'])
  expect(await foundAt('四知')).toContain('/courses/jiaxun/sizhi')
})

test('a file that changes its id is refused: records of years point to the old one', async () => {
  await load()
  folder.write('stories/xuanyu/index.mdx', story('鱼。', 'sto-fish'))
  const { problems } = await load()
  expect(problems[0]?.message).toBe('代号从 sto-xuanyu 改成了 sto-fish。')
  expect((await publishedStories()).map(({ id }) => id)).toEqual(['sto-xuanyu'])
})

test.each(['/stories/nobody', '/stroies'])('a link to %s, where nothing is, is named', async (address) => {
  folder.write('stories/xuanyu/index.mdx', story(`[看](${address}#s1)`))
  expect((await load()).problems[0]?.message).toBe(`链接 ${address} 那里没有网页。`)
  folder.write('stories/xuanyu/index.mdx', story('[看](/courses/jiafeng/sizhi#s1) [帮助](/help)'))
  expect((await load()).problems).toEqual([])
})
