// Counts what readers did in each published lesson, in its present edition. It reads the records of everybody in a few
// statements that take seconds in a large county, so it runs in a thread (figures-worker.server.ts); what comes out is
// ready to be shown.
import { sql, type SQL } from 'drizzle-orm'
import { chosenIn } from '#assessment/calibration/given-answer.ts'
import type { Database } from '#db/database.server.ts'
import { optionsOf } from '#quiz/kinds/registry.ts'
import { guessing } from '#quiz/guessing.ts'
import { Answer, Item } from '#quiz/question.ts'
import { describeCheck, type Check, type FirstAnswer } from '#studio/readers/describe-checks.ts'
import type { LessonFigures } from '#studio/readers/figures.ts'
import { starFigures } from '#studio/readers/star-figures.ts'
import { timeNeeded } from '#studio/readers/time-needed.ts'
import { whereReadersStop, type Pattern } from '#studio/readers/where-readers-stop.ts'

/** Of each lesson the times of those who finished last tell enough. */
const newestTimes = 500

/** What readers rate: the published lessons, stories and cases, with the sections that they see. */
const rated = sql`
  SELECT d.id, r.edition, r.minutes,
    (SELECT json_group_array(json_object('id', s.value ->> 'id', 'title', s.value ->> 'title'))
      FROM json_each(r.sections) s WHERE s.value ->> 'id' GLOB 's[0-9]*') AS sections
  FROM document d JOIN revision r ON r.id = d.published_revision_id
  WHERE d.kind IN ('lesson', 'story', 'case') AND d.withdrawn_at IS NULL`

/** Readers with the same sections seen; who opened it only lately may still go on. */
const patterns = (openedBefore: string) => sql`
  SELECT lesson_id AS lesson, edition, sections, completed_at IS NOT NULL AS done, count(*) AS readers
  FROM progress WHERE completed_at IS NOT NULL OR opened_at < ${openedBefore} GROUP BY 1, 2, 3, 4`

const milliseconds = (column: SQL) => sql`CAST(unixepoch(${column}, 'subsec') * 1000 AS INTEGER)`

/** Counted seconds from opening to finishing; progress goes on counting when a lesson is read again. */
const times = sql`
  WITH finished AS (
    SELECT p.person_id, p.lesson_id, p.edition,
      ${milliseconds(sql`p.opened_at`)} AS opened, ${milliseconds(sql`p.completed_at`)} AS completed,
      row_number() OVER (PARTITION BY p.lesson_id ORDER BY p.completed_at DESC) AS place
    FROM progress p
    JOIN document d ON d.id = p.lesson_id
    JOIN revision r ON r.id = d.published_revision_id AND r.edition = p.edition
    WHERE p.completed_at IS NOT NULL)
  SELECT f.lesson_id AS lesson, sum(c.to_at - c.from_at) / 1000.0 AS seconds
  FROM finished f
  CROSS JOIN counted_span c ON c.person_id = f.person_id AND c.to_at > f.opened AND c.to_at <= f.completed
  CROSS JOIN event e ON e.id = c.event_id
  WHERE f.place <= ${newestTimes}
    AND e.payload ->> '$.lesson' = f.lesson_id AND e.payload ->> '$.edition' = f.edition
  GROUP BY f.person_id, f.lesson_id`

/** The checks of the published lessons. */
const checks = sql`
  SELECT d.id AS lesson, i.body
  FROM document d
  JOIN revision_item ri ON ri.revision_id = d.published_revision_id
  JOIN item i ON i.id = ri.item_id AND i.revision = ri.item_revision
  WHERE d.kind = 'lesson' AND d.withdrawn_at IS NULL ORDER BY d.id, ri.position`

/** Of each person the first answer to an item, wherever it was; of these the ones beside its lesson, as it is worded now. */
const firstAnswers = sql`
  WITH first AS MATERIALIZED (
    SELECT payload ->> '$.item' AS item, min(seq) AS seq
    FROM event WHERE kind = 'question-answered' AND payload IS NOT NULL GROUP BY person_id, 1),
  asked AS MATERIALIZED (
    SELECT ri.item_id AS item, ri.item_revision AS item_revision, d.id AS lesson
    FROM document d JOIN revision_item ri ON ri.revision_id = d.published_revision_id
    WHERE d.kind = 'lesson' AND d.withdrawn_at IS NULL)
  SELECT first.item, e.payload -> '$.answer' AS answer,
    e.payload ->> '$.earned' >= e.payload ->> '$.possible' AS is_right, count(*) AS people
  FROM asked JOIN first ON first.item = asked.item CROSS JOIN event e ON e.seq = first.seq
  WHERE e.payload ->> '$.itemRevision' = asked.item_revision
    AND e.payload ->> '$.lesson' = asked.lesson AND e.payload ->> '$.mode' = 'practice'
  GROUP BY 1, 2, 3`

/** Numbers that readers chose, of the revisions of the present edition. */
const stars = sql`
  SELECT f.document_id AS document, f.stars, count(*) AS count
  FROM feedback f
  JOIN document d ON d.id = f.document_id
  JOIN revision now ON now.id = d.published_revision_id
  JOIN revision then_ ON then_.id = f.revision_id AND then_.edition = now.edition
  WHERE f.stars IS NOT NULL GROUP BY 1, 2`

/** Who opened a lesson in these last days may still go on, and has not stopped. */
const daysToGoOn = 7

/**
 * Figures of every published lesson by its id; of stories and cases only the stars, because nobody's reading is recorded.
 * @param at now
 */
export async function countReaders(db: Database, at: string): Promise<Map<string, LessonFigures>> {
  const openedBefore = new Date(Date.parse(at) - daysToGoOn * 86_400_000).toISOString()
  const all = await db.all<{ id: string; edition: number; minutes: number; sections: string }>(rated)
  const readers = await patternsByLesson(db, openedBefore)
  const seconds = Map.groupBy(
    await db.all<{ lesson: string; seconds: number }>(times),
    ({ lesson }) => lesson,
  )
  const asked = await checksByLesson(db)
  const answers = await answersByItem(db)
  const given = Map.groupBy(
    await db.all<{ document: string; stars: number; count: number }>(stars),
    ({ document }) => document,
  )
  return new Map(
    all.map(({ id, edition, minutes, sections }) => {
      const titles = JSON.parse(sections) as { id: string; title: string }[]
      const by = [1, 2, 3, 4, 5].map((each) => given.get(id)?.find((one) => one.stars === each)?.count ?? 0)
      const figures: LessonFigures = {
        stops: whereReadersStop(titles, readers.get(`${id} ${edition}`) ?? []),
        checks: (asked.get(id) ?? []).flatMap(
          (check) => describeCheck(check, answers.get(check.id) ?? []) ?? [],
        ),
        time: timeNeeded(
          (seconds.get(id) ?? []).map((one) => one.seconds),
          minutes,
        ),
        stars: starFigures(by),
      }
      return [id, figures]
    }),
  )
}

async function patternsByLesson(db: Database, openedBefore: string): Promise<Map<string, Pattern[]>> {
  type Row = { lesson: string; edition: number; sections: string; done: number; readers: number }
  const rows = await db.all<Row>(patterns(openedBefore))
  const known = rows.map(({ lesson, edition, sections, done, readers }) => ({
    key: `${lesson} ${edition}`,
    ...{ sections: JSON.parse(sections) as string[], done: done === 1, readers },
  }))
  return Map.groupBy(known, ({ key }) => key)
}

async function checksByLesson(db: Database): Promise<Map<string, (Check & { lesson: string })[]>> {
  const rows = await db.all<{ lesson: string; body: string }>(checks)
  const parsed = rows.map(({ lesson, body }) => ({ lesson, ...asCheck(Item.parse(JSON.parse(body))) }))
  return Map.groupBy(parsed, ({ lesson }) => lesson)
}

function asCheck(item: Item): Check {
  return {
    ...{ id: item.id, stem: item.stem, guessing: guessing(item), options: optionsOf(item) },
    one: item.kind === 'single' || item.kind === 'true-false',
  }
}

async function answersByItem(db: Database): Promise<Map<string, FirstAnswer[]>> {
  type Row = { item: string; answer: string; is_right: number; people: number }
  const rows = await db.all<Row>(firstAnswers)
  const answers = rows.flatMap(({ item, answer, is_right, people }) => {
    const given = Answer.safeParse(JSON.parse(answer))
    return given.success ? [{ item, chosen: chosenIn(given.data), right: is_right === 1, people }] : []
  })
  return Map.groupBy(answers, ({ item }) => item)
}
