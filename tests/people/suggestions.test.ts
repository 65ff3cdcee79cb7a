// The switch of the suggestions (PIPL, article 24): on until the person turns it off, and theirs alone.
import { expect, test } from 'vitest'
import { read } from '#db/database.server.ts'
import { person } from '#db/schema/people.ts'
import { SuggestionsForm, suggestionsWanted, wantSuggestions } from '#people/suggestions.server.ts'
import { eq } from 'drizzle-orm'
import { sessionOf } from '../course/real-library.ts'
import { stoppedClock } from '../record/happenings.ts'
import { freshDatabase } from '../support/database.ts'
import { addPerson } from './house.ts'

freshDatabase()
const clock = stoppedClock('2026-03-10T02:00:00.000Z')

const since = async (id: string) =>
  (await read.select({ at: person.noSuggestionsAt }).from(person).where(eq(person.id, id)))[0]?.at

test('suggestions are on, stay off from the first time they are turned off, and come back', async () => {
  const [own, other] = [await addPerson({ number: 'A' }), await addPerson({ number: 'B' })]
  expect(await suggestionsWanted(own)).toBe(true)
  expect(await wantSuggestions(sessionOf(own), { want: 'no' })).toEqual({ wanted: false })
  const first = clock.iso
  clock.advance(60)
  await wantSuggestions(sessionOf(own), { want: 'no' })
  expect(await since(own)).toBe(first)
  expect(await suggestionsWanted(own)).toBe(false)
  expect(await suggestionsWanted(other)).toBe(true)
  expect(await wantSuggestions(sessionOf(own), { want: 'yes' })).toEqual({ wanted: true })
  expect(await since(own)).toBeNull()
})

test('the switch knows two positions', () => {
  expect(SuggestionsForm.safeParse({ want: 'maybe' }).success).toBe(false)
})
