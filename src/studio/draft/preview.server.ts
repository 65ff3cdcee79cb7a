// A draft as its readers would see it: the very tree that the site would draw, also while something is still to be mended.
import type { Root } from 'hast'
import { placeMedia, type StoredMedia } from '#course/place-media.ts'
import { publicHalf } from '#quiz/public-half.ts'
import type { PublicQuestion } from '#quiz/question.ts'
import type { Session } from '#people/session.ts'
import type { Draft } from '#studio/draft/draft.ts'
import { judgedLately, type Judged } from '#studio/draft/judge-draft.server.ts'
import { draftFor } from '#studio/draft/load.server.ts'

/** What a preview shows. */
export type Preview = {
  title: string
  summary: string
  /** Null while the text cannot be drawn; `problems` say why. */
  tree: Root | null
  questions: Map<string, PublicQuestion>
  problems: Judged['problems']
  draft: Draft
  meta: Record<string, unknown>
}

/** @throws Refusal */
export async function previewOf(by: Session, id: string): Promise<Preview> {
  const draft = await draftFor(by, id)
  const { drawn, problems, items, meta, media } = await judgedLately(draft)
  return {
    ...{ title: draft.title, summary: textIn(meta, 'summary'), problems, draft, meta },
    tree: drawn && placeMedia(drawn.tree, filesOf(draft, media)),
    questions: new Map(items.map((item) => [item.id, publicHalf(item)])),
  }
}

/** Every file that the text names; one that is not there yet leads to no picture. */
function filesOf({ files }: Draft, names: readonly string[]): Map<string, StoredMedia> {
  return new Map(
    names.map((name) => {
      const [hash = '', extension = ''] = (files[name] ?? 'missing.webp').split('.')
      return [name, { hash, extension, bytes: 0 }] as const
    }),
  )
}

const textIn = (meta: Judged['meta'], field: string) => {
  const value = meta[field]
  return typeof value === 'string' ? value : ''
}
