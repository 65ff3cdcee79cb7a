// What was uploaded and is being looked at. It is kept in memory, a few at a time, until it is stored: nothing of it lies
// on the disk, and who loses one after a restart uploads it again.
import { v7 } from 'uuid'

/** A place for a few uploads, found by id by nobody but their owner. */
export type Kept<Upload> = {
  /** Keeps one; the oldest make room. Returns its id. */
  keep: (owner: string, upload: Upload) => string
  /** Null if it is not kept any more, or is somebody else's. */
  of: (owner: string, id: string) => Upload | null
  drop: (id: string) => void
}

/** As many as are kept together, and of one owner. */
const most = { all: 12, own: 3 }

export function keepUploads<Upload>(): Kept<Upload> {
  const kept = new Map<string, { owner: string; upload: Upload }>()
  return {
    keep(owner, upload) {
      const mine = [...kept].filter(([, one]) => one.owner === owner)
      for (const [id] of mine.slice(0, Math.max(0, mine.length - most.own + 1))) kept.delete(id)
      for (const id of [...kept.keys()].slice(0, Math.max(0, kept.size - most.all + 1))) kept.delete(id)
      const id = v7()
      kept.set(id, { owner, upload })
      return id
    },
    of(owner, id) {
      const one = kept.get(id)
      return one?.owner === owner ? one.upload : null
    },
    drop: (id) => void kept.delete(id),
  }
}
