// Two screens of village halls in the demo, one met today and one silent for nine days; a notice of the county, and a
// session that the secretary of 云岭村 has planned. Nobody holds the keys of these screens: they are for looking at.
import { now } from '#clock.server.ts'
import { dayAfter, dayOf } from '#day.ts'
import { write } from '#db/database.server.ts'
import { kiosk, kioskContact } from '#db/schema/kiosk.ts'
import { momentOf } from '#demo/calendar.ts'
import type { County, DemoUnit } from '#demo/county.ts'
import { idsFrom } from '#demo/id.ts'
import { randomFor } from '#demo/random.ts'
import { sessionOf } from '#demo/session.ts'
import type { World } from '#demo/year.ts'
import { pushNotice } from '#kiosk/fleet/push-notice.server.ts'
import { planSession } from '#kiosk/hall/session.server.ts'
import { defaultPlaylist } from '#kiosk/pack/playlists.server.ts'
import { makeSigningPair, publicOf } from '#kiosk/signing.ts'
import { theProcess } from '#people/audit.server.ts'

const megabytes = 1024 * 1024

type Screen = {
  unit: DemoUnit
  name: string
  /** Days ago. */
  met: number
  queue: number
  clockErrorSeconds: number
}

/** Enters screens, notice and session as of today: what has fallen silent is not of the demo's year. */
export async function enterHalls({
  people,
  county,
}: Pick<World, 'people'> & { county: County }): Promise<void> {
  const [yunling, zhuxi] = county.townships[0]?.villages ?? []
  const learner = people.find(({ number }) => number === 'learner')
  const publisher = people.find(({ number }) => number === 'publisher')
  if (!yunling || !zhuxi || !learner || !publisher) throw new Error('The demo has no halls to equip.')
  const today = dayOf(now().toISOString())
  const hall = await enterScreen({
    ...{ unit: yunling, name: '村部大厅', met: 0, queue: 0, clockErrorSeconds: 2 },
  })
  await enterScreen({ unit: zhuxi, name: '村史馆', met: 9, queue: 14, clockErrorSeconds: -7_400 })
  await pushNotice(sessionOf(publisher, today, { role: 'publisher', unit: county.county }), {
    unit: county.county.id,
    title: '周日上午，来讲家风故事',
    says: '周日上午九点，在各村村部。想讲的、想听的都来，不用报名。讲一件家里老人教的事，三五分钟就好。',
    ...{ fromOn: today, toOn: dayAfter(today, 27), from: null, to: null },
  })
  await planSession(sessionOf(learner, today), {
    ...{ place: `${yunling.id}|${hall}`, kind: '主题党日', title: '主题党日：四知拒金' },
    agenda: ['学一课《四知》', '说说身边的人情和规矩', '议下个月的公开栏'],
    ...{ lesson: 'lsn-sizhi', begin: 'later', at: `${dayAfter(today, 5)}T15:00` },
  })
}

/** @returns its id. */
async function enterScreen({ unit, name, met, ...said }: Screen): Promise<string> {
  const at = now().getTime() - met * 86_400_000
  const on = dayOf(new Date(at).toISOString())
  const makeId = idsFrom(randomFor(`kiosk ${unit.id}`))
  const enrolled = momentOf(dayAfter(on, -60), 10 * 60)
  const id = makeId(enrolled)
  const contacts = [3, 2, 1, 0].map((days) => ({
    ...{ id: makeId(at - days * 86_400_000), kioskId: id, at: at - days * 86_400_000 },
    ...{ heard: null, seq: 0, up: 0, off: 0 },
  }))
  const publicKey = await publicOf(await makeSigningPair(false))
  await write(async (tx) => {
    await tx.insert(kiosk).values({
      ...{ id, unitId: unit.id, name, publicKey, playlist: defaultPlaylist, ...said },
      ...{ enrolledAt: new Date(enrolled).toISOString(), enrolledBy: theProcess },
      ...{ turn: contacts.length, helloAt: new Date(at).toISOString(), pack: 'county.demo', app: 'demo' },
      ...{ storageUsed: 61 * megabytes, storageQuota: 4_100 * megabytes },
    })
    await tx.insert(kioskContact).values(contacts)
  })
  return id
}
