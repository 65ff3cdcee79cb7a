// What the page of a draft gives to its desk.
import type { DraftKind } from '#studio/draft/draft.ts'
import type { Opened } from '#studio/draft/save.server.ts'
import type { HeadField } from '#studio/desk/head-fields.ts'
import type { ComponentForm } from '#studio/editor/component-forms.ts'

export type DeskProps = {
  draft: { id: string; documentId: string; kind: DraftKind }
  opened: Opened
  /** Mark of the person (course/owner.server.ts). */
  owner: string
  forms: ComponentForm[]
  fields: readonly HeadField[]
  indicators: readonly { id: string; name: string; dimension: string }[]
  /** Lessons to which a story or case may lead. */
  lessons: readonly { id: string; title: string }[]
  /** The highest published revision of each item that the lesson ever had. */
  known: Readonly<Record<string, number>>
  /** Remarks that nobody has settled yet. */
  remarks: readonly { id: string; passage: string; text: string; name: string }[]
  /** Address of the readings. */
  review: string
}
