// What a pack tells the screen to show: `/kiosk/pack/contents.json`. Texts stand beside it as pieces of HTML.
import { z } from 'astro/zod'
import { Item } from '#quiz/question.ts'

const text = z.string()
const address = z.string().startsWith('/')

/** A place in a text that is read aloud: seconds of the recording at which its sentence begins. */
const Recording = z.strictObject({ src: address, marks: z.array(z.number()).nullable() })

export const PackStory = z.strictObject({
  id: text,
  /** On the site, to read on at home. */
  address,
  title: text,
  hall: text,
  path: text,
  summary: text,
  question: text,
  /** Attribution status, as ui/attribution-names.ts. */
  attribution: text,
  sources: z.array(text),
  picture: address.nullable(),
  /** Piece of HTML; and the same with the sounds (拼音) above the characters, as ruby. */
  text: address,
  pinyin: address,
  recording: Recording.nullable(),
})
export type PackStory = z.infer<typeof PackStory>

export const PackLesson = z.strictObject({
  id: text,
  edition: z.int(),
  revision: text,
  address,
  title: text,
  course: text,
  summary: text,
  path: text,
  attribution: text,
  minutes: z.int(),
  /** In order; ids as in the text (`s1`). */
  sections: z.array(z.strictObject({ id: text, title: text })),
  /** Ids of its checks, in the order of the text, where `<div data-item="<id>">` stands for each. */
  items: z.array(text),
  text: address,
  pinyin: address,
  recording: Recording.nullable(),
})
export type PackLesson = z.infer<typeof PackLesson>

export const PackQuotation = z.strictObject({
  text,
  source: text,
  attribution: text,
  /** Id of the story or lesson in which it stands. */
  of: text,
})
export type PackQuotation = z.infer<typeof PackQuotation>

/** What the screen shows while nobody touches it, from an hour to another; days 1 (Monday) to 7. The first that holds. */
export const Slot = z.strictObject({
  from: text,
  to: text,
  days: z.array(z.int().min(1).max(7)).nullable(),
  /** First and last day, Asia/Shanghai; null for always. */
  fromOn: text.nullable(),
  toOn: text.nullable(),
  shows: z.array(
    z.discriminatedUnion('is', [
      z.strictObject({ is: z.literal('story'), id: text }),
      z.strictObject({ is: z.literal('quotation'), index: z.int() }),
      z.strictObject({ is: z.literal('question') }),
      z.strictObject({ is: z.literal('told') }),
      z.strictObject({ is: z.literal('notices') }),
    ]),
  ),
})

export const Contents = z.strictObject({
  title: text,
  slots: z.array(Slot),
  stories: z.array(PackStory),
  lessons: z.array(PackLesson),
  quotations: z.array(PackQuotation),
  /** Items with their keys, by id: the checks of the lessons, and those of the quiz game. No exam item is ever here. */
  items: z.record(text, Item),
  /** Ids of the items of the quiz game, of kinds that one tap answers. */
  game: z.array(text),
})
export type Contents = z.infer<typeof Contents>
