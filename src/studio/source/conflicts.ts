// The places of a merged text on which two people disagree, as the editor holds them: where they are now, and how each was
// settled. Writing in one by hand settles it; undoing a choice opens it again.
import { invertedEffects, isolateHistory } from '@codemirror/commands'
import {
  StateEffect,
  StateField,
  type ChangeDesc,
  type EditorState,
  type Extension,
  type Text,
  type TransactionSpec,
} from '@codemirror/state'
import { Decoration, EditorView, WidgetType } from '@codemirror/view'
import { bothOf, type Piece } from '#studio/difference/merge-three.ts'

/** What was chosen; null while it is open. */
export type Choice = 'mine' | 'theirs' | 'both' | 'by-hand' | null

/** One place: offsets in the text, with the line end of its last line. */
export type Place = { from: number; to: number; choice: Choice }

export const choiceWords: Readonly<Record<NonNullable<Choice>, string>> = {
  mine: '用了我的',
  theirs: '用了对方的',
  both: '两个都留下了',
  'by-hand': '手改过了',
}

export type Conflict = Extract<Piece, { type: 'conflict' }>

/** The text to begin with, in which one's own words stand at each place, and the places. */
export function beginMerge(pieces: readonly Piece[]): { text: string; places: Place[] } {
  let text = ''
  const places: Place[] = []
  for (const piece of pieces) {
    const from = text.length
    text += piece.type === 'same' ? piece.text : piece.mine
    if (piece.type === 'conflict') places.push({ from, to: text.length, choice: null })
  }
  return { text, places }
}

type Settled = { index: number } & Place
const settle = StateEffect.define<Settled>({
  map: (one, changes) => ({ ...one, from: changes.mapPos(one.from, -1), to: changes.mapPos(one.to, -1) }),
})

/** The places of a text; set with `.init(() => places)`. */
export const placesField = StateField.define<readonly Place[]>({
  create: () => [],
  update: (places, tr) => {
    const settled = tr.effects.filter((effect) => effect.is(settle)).map(({ value }) => value)
    if (settled.length === 0 && !tr.docChanged) return places
    return places.map((place, index) => {
      const now = settled.find((one) => one.index === index)
      if (now) return { from: now.from, to: now.to, choice: now.choice }
      return tr.docChanged ? follow(place, tr.changes, settled.length === 0) : place
    })
  },
  provide: (field) =>
    EditorView.decorations.compute([field, 'doc'], (state) => drawn(state.field(field), state.doc)),
})

function follow(place: Place, changes: ChangeDesc, byHand: boolean): Place {
  let touched = false
  changes.iterChangedRanges((from, to) => {
    touched ||= from < place.to && (to > place.from || from >= place.from)
  })
  const [from, to] = [changes.mapPos(place.from, -1), changes.mapPos(place.to, -1)]
  return { from, to: Math.max(from, to), choice: touched && byHand ? 'by-hand' : place.choice }
}

/** Undoing a choice brings back the place as it was before. */
const undone = invertedEffects.of((tr) =>
  tr.effects
    .filter((effect) => effect.is(settle))
    .flatMap(({ value: { index } }) => {
      const before = tr.startState.field(placesField)[index]
      return before ? [settle.of({ index, ...before })] : []
    }),
)

/** For the editor of the result. */
export const conflictPlaces = (places: readonly Place[]): Extension => [
  placesField.init(() => places),
  undone,
]

/** The change that puts the chosen words at a place. */
export function chosen(
  state: EditorState,
  index: number,
  conflict: Conflict,
  choice: 'mine' | 'theirs' | 'both',
): TransactionSpec {
  const { from, to } = state.field(placesField)[index] ?? { from: 0, to: 0 }
  const insert = choice === 'both' ? bothOf(conflict) : conflict[choice]
  const effects = [settle.of({ index, from, to: from + insert.length, choice })]
  // A step of its own for undo, also when two choices follow quickly.
  return { changes: { from, to, insert }, effects, annotations: isolateHistory.of('full') }
}

class PlaceName extends WidgetType {
  private readonly number: number
  private readonly choice: Choice
  constructor(number: number, choice: Choice) {
    super()
    this.number = number
    this.choice = choice
  }
  override eq(other: PlaceName) {
    return other.number === this.number && other.choice === this.choice
  }
  toDOM() {
    const name = document.createElement('div')
    name.className = this.choice ? 'conflict-name settled' : 'conflict-name'
    name.textContent = `第${this.number}处：${this.choice ? choiceWords[this.choice] : '还没有定，先放着您写的'}`
    return name
  }
}

function drawn(places: readonly Place[], doc: Text) {
  const line = Decoration.line({ class: 'conflict' })
  const all = places.flatMap(({ from, to, choice }, i) => {
    const widget = new PlaceName(i + 1, choice)
    const name = Decoration.widget({ widget, side: -1, block: true }).range(doc.lineAt(from).from)
    const lines = []
    for (let at = from; choice === null && at < to; at = doc.lineAt(at).to + 1)
      lines.push(line.range(doc.lineAt(at).from))
    return [name, ...lines]
  })
  return Decoration.set(all, true)
}
