// Lists: Word has only paragraphs with a level each; here they become lists within lists.
import type { List, ListItem, Paragraph } from 'mdast'
import { marksIn, mostMarks } from '#studio/word/block-weight.ts'

/** One paragraph of a list. */
export type ListEntry = {
  type: 'entry'
  /** From 0. */
  level: number
  ordered: boolean
  /** The number that it has, if ordered. */
  start: number
  children: Paragraph[]
}

/** All entries that stand side by side as lists; everything else as it is. */
export function nestLists<Other extends { type: string }>(
  pieces: readonly (Other | ListEntry)[],
): (Other | List)[] {
  const out: (Other | List)[] = []
  let side: ListEntry[] = []
  const flush = () => {
    out.push(...listsOf(side).map(loosened))
    side = []
  }
  for (const piece of pieces) {
    if (isEntry(piece)) side.push(piece)
    else {
      flush()
      out.push(piece)
    }
  }
  flush()
  return out
}

const isEntry = (piece: { type: string }): piece is ListEntry => piece.type === 'entry'

type Open = { list: List; level: number; next: number }

function listsOf(entries: readonly ListEntry[]): List[] {
  const top: List[] = []
  const open: Open[] = []
  for (const { level, ordered, start, children } of entries) {
    while ((open.at(-1)?.level ?? -1) > level) open.pop()
    const beside = open.at(-1)
    const goesOn =
      beside?.level === level &&
      (beside.list.ordered ?? false) === ordered &&
      (!ordered || start === beside.next)
    if (!goesOn) {
      if (beside?.level === level) open.pop()
      const list: List = { type: 'list', ordered, start: ordered ? start : null, spread: false, children: [] }
      const around = open.at(-1)?.list.children.at(-1)
      if (around) around.children.push(list)
      else top.push(list)
      open.push({ list, level, next: start })
    }
    const own = open.at(-1)
    if (!own) continue
    own.next = start + 1
    own.list.children.push({ type: 'listItem', spread: children.length > 1, checked: null, children })
  }
  return top
}

/** A list that is too much for one block of a lesson gets empty lines between its items. */
function loosened(list: List): List {
  return marksIn(list) > mostMarks ? spread(list) : list
}

const spread = (list: List): List => ({
  ...list,
  spread: true,
  children: list.children.map((item): ListItem => ({
    ...item,
    spread: true,
    children: item.children.map((child) => (child.type === 'list' ? spread(child) : child)),
  })),
})
