// The words of statements: verbs and activity types that others know, and the addresses under our origin for what is ours.
// None of these addresses may change once statements were sent: an LRS knows things by them alone.
import { v5 } from 'uuid'

/** A text by language (RFC 5646). */
export type LanguageMap = Record<string, string>
export type Verb = { id: string; display: LanguageMap }
export type Activity = {
  objectType: 'Activity'
  id: string
  definition: { type: string; name?: LanguageMap; interactionType?: string }
}

const adl = (word: string, chinese: string): Verb => ({
  id: `http://adlnet.gov/expapi/verbs/${word}`,
  display: { 'zh-CN': chinese, 'en-US': word },
})

/** Verbs of ADL's vocabulary, and one of Activity Streams. */
export const verbs = {
  initialized: adl('initialized', '打开了'),
  experienced: adl('experienced', '学习了'),
  answered: adl('answered', '回答了'),
  completed: adl('completed', '完成了'),
  passed: adl('passed', '通过了'),
  failed: adl('failed', '没有通过'),
  attempted: adl('attempted', '参加了'),
  scored: adl('scored', '得到等级'),
  attended: adl('attended', '到场参加了'),
  voided: adl('voided', '更正（收回）了'),
  received: {
    id: 'http://activitystrea.ms/schema/1.0/receive',
    display: { 'zh-CN': '收到答复', 'en-US': 'received' },
  },
} satisfies Record<string, Verb>

/** Our kinds of things, and the activity type of ADL's vocabulary that each is. */
const types = {
  lesson: 'lesson',
  course: 'course',
  item: 'cmi.interaction',
  question: 'question',
  assessment: 'assessment',
  indicator: 'objective',
  training: 'course',
  meeting: 'meeting',
  objection: 'interaction',
} as const

/** Every part of an address is encoded: ids come from files that people write. */
const under = (origin: string, ...parts: (string | number)[]) =>
  [origin, 'xapi', ...parts.map((part) => encodeURIComponent(String(part).toWellFormed()))].join('/')

/** A thing of ours, known by its kind and id; `name` only where the event itself tells it, so that it never changes. */
export function activity(
  origin: string,
  kind: keyof typeof types,
  id: readonly (string | number)[],
  more: { name?: string; interactionType?: string } = {},
): Activity {
  const { name, interactionType } = more
  return {
    objectType: 'Activity',
    id: under(origin, kind, ...id),
    definition: {
      type: `http://adlnet.gov/expapi/activities/${types[kind]}`,
      ...(name ? { name: { 'zh-CN': name } } : {}),
      ...(interactionType ? { interactionType } : {}),
    },
  }
}

/** One id for a class or meeting that is known by its words only: the same words are the same thing. */
export const idOfWords = (...words: string[]) => v5(JSON.stringify(words), v5.URL)

/** Facts that xAPI has no place for, under keys of ours; absent ones are left out, and so is an empty map. */
export function extensions(origin: string, facts: Record<string, unknown>) {
  const told = Object.entries(facts).filter(([, fact]) => fact !== undefined && fact !== null)
  if (told.length === 0) return {}
  return {
    extensions: Object.fromEntries(told.map(([name, fact]) => [under(origin, 'fact', name), fact])),
  }
}
