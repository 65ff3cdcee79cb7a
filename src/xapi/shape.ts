// The shapes of xAPI that we write (IEEE 9274.1.1-2023, data model), and no more of it.
import type { Event, EventOf, Recorded } from '#record/events/event.ts'
import type { Activity, Verb } from '#xapi/vocabulary.ts'

export type Agent = { objectType: 'Agent'; account: { homePage: string; name: string } }
export type StatementRef = { objectType: 'StatementRef'; id: string }
type Extensions = { extensions?: Record<string, unknown> }

export type Score = { scaled?: number; raw: number; min: number; max: number }
export type Result = Extensions & {
  score?: Score
  success?: boolean
  completion?: boolean
  response?: string
  /** ISO 8601. */
  duration?: string
}
export type Context = Extensions & {
  /** The attempt, as a UUID. */
  registration?: string
  /** Who observed. */
  instructor?: Agent
  contextActivities?: { parent?: Activity[]; grouping?: Activity[] }
  revision?: string
  platform?: string
  language?: string
  statement?: StatementRef
}
export type Statement = {
  /** That of the event. */
  id: string
  actor: Agent
  verb: Verb
  object: Activity | StatementRef
  result?: Result
  context: Context
  /** The time by which the event is derived. */
  timestamp: string
}
/** What of a statement hangs on the kind of event. */
export type Told = Pick<Statement, 'verb' | 'object' | 'result'> & { context?: Context; actor?: string }

/** Tells of one kind of event; `origin` is the address of the site. */
export type Tell<Kind extends Event['kind']> = (origin: string, event: Recorded<EventOf<Kind>>) => Told
