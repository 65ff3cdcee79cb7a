// Two states of a draft as two texts that can be merged: the source, a line between, the checks.
import type { Ahead, Saved } from '#studio/draft/save.server.ts'
import type { Written } from '#studio/desk/writing.ts'

type State = { source: string; items: string | null }

/** A merge under way. */
export type Merging = {
  base: string
  mine: string
  theirs: string
  /** Whose text the other one is. */
  who: string
  /** What the server has now. */
  saved: Extract<Saved, { type: 'stale' }> | null
  /** The published revision that is merged in. */
  mergedIn: string | undefined
}

const between = '======== 检查题（下面是 items.yaml） ========'

const joined = ({ source, items }: State) => (items === null ? source : `${source}\n${between}\n${items}`)

/** The two parts of a text that was merged; without the line between there are no checks. */
export function parted(text: string): State {
  const at = text.indexOf(`${between}\n`)
  if (at < 0) return { source: text, items: null }
  return { source: text.slice(0, at).replace(/\n$/, ''), items: text.slice(at + between.length + 1) }
}

/** Somebody else saved while this was written. */
export function mergeSaved(sent: Written, saved: Extract<Saved, { type: 'stale' }>, who: string): Merging {
  return {
    base: joined(sent.base),
    mine: joined({ source: saved.mine, items: sent.items }),
    theirs: joined({ source: saved.source, items: saved.itemsSource }),
    ...{ who, saved, mergedIn: sent.mergedIn },
  }
}

/** Something was published since the draft was begun. */
export function mergeAhead({ base, theirs, revisionId }: Ahead, mine: State): Merging {
  const texts = { base: joined(base), mine: joined(mine), theirs: joined(theirs) }
  return { ...texts, who: '馆里的新修订', saved: null, mergedIn: revisionId }
}
