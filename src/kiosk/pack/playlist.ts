// content/playlists/<id>.yaml: what the screens of some halls show, and when. This schema is the manual.
import { z } from 'astro/zod'
import { line, permanentId } from '#course/provenance.ts'

const story = permanentId('sto', 'hepu')
const lesson = permanentId('lsn', 'sizhi')
const document = z.union([story, lesson], '写故事或课文的代号，如 sto-hepu 或 lsn-sizhi。')

/** Documents by their permanent ids, each once, in the order in which they are offered; or all that are on show. */
const some = (id: z.ZodType<string>, most: number) =>
  z.union(
    [
      z.literal('all'),
      z
        .array(id)
        .min(1)
        .max(most)
        .refine((ids) => new Set(ids).size === ids.length, '有一个代号写了两次，留下一个。'),
    ],
    '写 all（全部），或者一行一个代号，不要写两次。',
  )

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, '写成 07:30 这样的时刻，最晚 24:00。')

/** One thing that is shown while nobody touches the screen. */
const Show = z.discriminatedUnion(
  'is',
  [
    /** A story with its picture; without an id every story of the playlist that has one, one after another. */
    z.strictObject({ is: z.literal('story'), id: story.optional() }),
    /** Words of the past, as they stand in a document with their source; without `of` those of all its documents. */
    z.strictObject({ is: z.literal('quotation'), of: document.optional() }),
    /** Today's question. */
    z.strictObject({ is: z.literal('question') }),
    /** Family stories told in this hall. */
    z.strictObject({ is: z.literal('told') }),
    /** Words of county, township and village. */
    z.strictObject({ is: z.literal('notices') }),
  ],
  'is 写 story（故事）、quotation（引文）、question（今日一题）、told（本村家风故事）或 notices（通知）。',
)

const Slot = z
  .strictObject({
    from: time,
    to: time,
    /** Days of the week, 1 is Monday; every day where it is missing. */
    days: z.array(z.int().min(1).max(7), '写星期几的数字，1 是星期一，如 [6, 7]。').min(1).max(7).optional(),
    /** First and last day, for a festival; always where they are missing. */
    fromOn: z.iso.date('写成 2027-02-05 这样的日期。').optional(),
    toOn: z.iso.date('写成 2027-02-05 这样的日期。').optional(),
    /** In turn, again and again. */
    shows: z.array(Show).min(1, '至少写一样要放的内容。').max(40),
  })
  .refine(({ from, to }) => from < to, {
    error: '到点要晚于起点；跨过零点的写成两段。',
    path: ['to'],
  })
  .refine(({ fromOn = '', toOn = '9' }) => fromOn <= toOn, {
    error: '最后一天不能早于第一天。',
    path: ['toOn'],
  })

export const Playlist = z.strictObject({
  /** Name of the file; permanent, because screens are bound to it. */
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, '用小写字母、数字和连字符，与文件名相同。')
    .max(40),
  /** As administrators read it when they choose one for a hall. */
  title: line(30),
  stories: some(story, 200),
  lessons: some(lesson, 400),
  /** The first slot that holds at an hour of a day is shown; at any other time everything is shown in turn. */
  slots: z.array(Slot).min(1).max(40),
})
export type Playlist = z.infer<typeof Playlist>

/** Ids of all documents that a playlist names itself. */
export function namedIn({ stories, lessons, slots }: Playlist): string[] {
  const shown = slots.flatMap(({ shows }) =>
    shows.flatMap((show) => (show.is === 'story' ? show.id : show.is === 'quotation' ? show.of : undefined)),
  )
  return [...[stories, lessons].flatMap((ids) => (ids === 'all' ? [] : ids)), ...shown].filter(
    (id) => id !== undefined,
  )
}

/** What its slots show of documents that it leaves out: a screen has nothing of them. */
export function shownButLeftOut(playlist: Playlist): string[] {
  const { stories, lessons, slots } = playlist
  const isIn = (id: string) => {
    const ids = id.startsWith('sto-') ? stories : lessons
    return ids === 'all' || ids.includes(id)
  }
  return namedIn({ ...playlist, stories: 'all', lessons: 'all', slots }).filter((id) => !isIn(id))
}
