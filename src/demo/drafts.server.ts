// Drafts in the demo, one in each state that a visitor may want to see: being written, waiting for the reviewer, waiting
// for the publisher. What they say stands in the library already; a sentence is put in other words.
import { eq } from 'drizzle-orm'
import { read } from '#db/database.server.ts'
import { draft } from '#db/schema/studio.ts'
import { ownerMark } from '#course/owner.server.ts'
import type { County } from '#demo/county.ts'
import type { World } from '#demo/year.ts'
import type { Role, Session } from '#people/session.ts'
import { sessionOf } from '#demo/session.ts'
import { draftOf, startDraft } from '#studio/draft/begin.server.ts'
import { saveDraft } from '#studio/draft/save.server.ts'
import { giveReading, handIn, remarkOn } from '#studio/reading/read-draft.server.ts'

/** In the order in which they were begun. */
export async function enterDrafts({ people, county, year }: World & { county: County }): Promise<void> {
  const sessionFor = (number: string, role: Role): Session => {
    const person = people.find((one) => one.number === number)
    if (!person) throw new Error(`The demo has no ${number}.`)
    return sessionOf(person, year.lastOn, { role, unit: county.county })
  }
  const trainer = sessionFor('trainer', 'trainer')
  const second = sessionFor('trainer2', 'trainer')
  const reviewer = sessionFor('reviewer', 'reviewer')

  const waits = await draftOf(second, 'lsn-siyi')
  await change(second, waits, (source) =>
    source.replace(/^summary: .*$/m, 'summary: 六步各管什么，人数照哪部法核，哪几处容易漏、漏了怎样补。'),
  )
  await handIn(second, waits, false)
  await giveReading(reviewer, waits, {
    ...{ reading: 'reviewer', verdict: 'passed', text: '和原来的比过，只改了介绍。' },
    hash: (await row(waits)).hash,
  })

  const read = await draftOf(trainer, 'lsn-sizhi')
  await change(trainer, read, (source) =>
    source.replace('就该多留一个心眼。', '就该多留一个心眼，先停一停再说。'),
  )
  await handIn(trainer, read, false)
  await remarkOn(reviewer, read, '先停一停再说', '“再说”容易听成以后再办，换成“先停一停”就够了。')

  const story = await startDraft(trainer, {
    ...{ kind: 'story', title: '村口的公示栏' },
    body: '村口的公示栏换了一块新玻璃。字写得大了，老人站在跟前就看得清。\n',
  })
  await change(trainer, story, (source) =>
    source
      .replace(/^summary: .*$/m, 'summary: 字大了，看的人就多了。')
      .replace(/^question: .*$/m, 'question: 家里的账，怎样写得让老人也看得清？'),
  )
}

const row = async (id: string) => {
  const [found] = await read.select().from(draft).where(eq(draft.id, id))
  if (!found) throw new Error('The draft is not there.')
  return found
}

/** Saves as the page does. */
async function change(by: Session, id: string, edit: (source: string) => string) {
  const { source, version, itemsSource: items } = await row(id)
  const content = { type: 'source', source: edit(source) }
  await saveDraft(by, { draft: id, owner: ownerMark(by.person.id), version, content, items })
}
