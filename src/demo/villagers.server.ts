// What villagers left at the screen of 云岭村 in the demo: family stories, one of them still unheard, stars on how open the
// village is, and good deeds by rules that the village gave itself. People and households are invented.
import { eq } from 'drizzle-orm'
import { now } from '#clock.server.ts'
import { dayAfter, dayOf } from '#day.ts'
import { read, write } from '#db/database.server.ts'
import { kiosk } from '#db/schema/kiosk.ts'
import { toldStory } from '#db/schema/village.ts'
import { momentOf } from '#demo/calendar.ts'
import type { County } from '#demo/county.ts'
import { idsFrom } from '#demo/id.ts'
import { randomFor } from '#demo/random.ts'
import { sessionOf } from '#demo/session.ts'
import type { World } from '#demo/year.ts'
import { consentVersion } from '#kiosk/visitor/consent.ts'
import { enterDeed, setMerit } from '#kiosk/visitor/keep-merit.server.ts'
import { hallPage } from '#kiosk/visitor/openness.ts'
import { reviewTold } from '#kiosk/visitor/review-told.server.ts'
import { giveRemark } from '#people/feedback.server.ts'

const stories = [
  {
    ...{ title: '奶奶的记账本', teller: '一位母亲', days: 34 },
    text: '我奶奶不识几个字，记账画圈圈。借人家一升米画一个圈，还了再打一个叉。她说，圈不打叉，睡不着。\n后来我当了会计，抽屉里还放着她那个本子。账上有一个圈没有打叉，我心里就有数。',
  },
  {
    ...{ title: '一次没有收的礼', teller: '张大爷', days: 12 },
    text: '那年修水渠，我管量尺寸。有人夜里提了两只鸡来，要我把渠往他家地头拐一点。老伴把门一开，说，鸡你提回去，渠走哪里，白天当着大家的面量。\n第二天量完，他自己先笑了。',
  },
  {
    ...{ title: '我家的一条规矩', teller: '', days: 1 },
    text: '我家的规矩是先问邻居要不要，再自己收。晒谷坪就那么大，你先占了，别人就没处晒。父亲说，占一天便宜，低一年头。',
  },
]
/** How often 1 to 5 stars were given. */
const stars = [1, 1, 3, 5, 2]
const rules = [
  { id: 'r1', deed: '照看邻居家的老人', points: 3 },
  { id: 'r2', deed: '义务打扫村道', points: 2 },
  { id: 'r3', deed: '红白喜事从简办', points: 5 },
  { id: 'r4', deed: '调解一次邻里的事', points: 4 },
]
const deeds = [
  { rule: 'r2', household: '坡上李家', days: 20 },
  { rule: 'r1', household: '张大娘家', days: 9 },
  { rule: 'r3', household: '桥头王家', days: 3 },
]

/** Enters them as of today, with the hands of the reviewer and the officer of the demo. */
export async function enterVillagers({
  people,
  county,
}: Pick<World, 'people'> & { county: County }): Promise<void> {
  const village = county.townships[0]?.villages[0]
  const reviewer = people.find(({ number }) => number === 'reviewer')
  const officer = people.find(({ number }) => number === 'officer')
  if (!village || !reviewer || !officer) throw new Error('The demo has no village to tell of.')
  const today = dayOf(now().toISOString())
  const [screen] = await read.select({ id: kiosk.id }).from(kiosk).where(eq(kiosk.unitId, village.id))
  if (!screen) throw new Error('The demo has no screen to tell at.')
  const makeId = idsFrom(randomFor('villagers'))
  const evening = (days: number) => momentOf(dayAfter(today, -days), 19 * 60)

  const told = stories.map(({ days, ...said }) => ({
    ...{ id: makeId(evening(days)), kioskId: screen.id, unitId: village.id, ...said },
    ...{ voice: null, consent: consentVersion, state: 'waiting' as const },
    at: new Date(evening(days)).toISOString(),
  }))
  await write((tx) => tx.insert(toldStory).values(told))
  const reviews = sessionOf(reviewer, today, { role: 'reviewer', unit: county.county })
  for (const { id } of told.slice(0, -1))
    await reviewTold(reviews, { story: id, verdict: 'show', reason: '' })

  const given = stars.flatMap((count, i) => Array.from({ length: count }, () => i + 1))
  for (const [i, one] of given.entries()) {
    const made = { id: makeId(evening(i + 1)), at: new Date(evening(i + 1)).toISOString() }
    await giveRemark({ page: hallPage(village.id), stars: one, text: '', origin: 'hall' }, null, made)
  }

  const keeps = sessionOf(officer, today, { role: 'officer', unit: county.county })
  const agreedOn = dayAfter(today, -60)
  await setMerit(keeps, { unit: village.id, title: '家风银行', agreedOn, rules, byAssembly: 'yes' })
  for (const { rule, household, days } of deeds) {
    const on = dayAfter(today, -days)
    await enterDeed(keeps, { ...{ unit: village.id, rule, household, on, wants: 'yes' }, shown: true })
  }
}
