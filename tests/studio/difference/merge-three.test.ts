// Two people in one draft: what fits together is put together, and no word of either is lost.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bothOf, mergeThree, type Merged, type Piece } from '#studio/difference/merge-three.ts'

const text = fc
  .array(fc.constantFrom('', '甲', '乙', '丙', '丁', '戊'), { maxLength: 10 })
  .chain((lines) => fc.boolean().map((end) => lines.join('\n') + (end ? '\n' : '')))

const piecesOf = (merged: Merged): Piece[] =>
  merged.type === 'merged' ? [{ type: 'same', text: merged.text }] : merged.pieces
const choose = (merged: Merged, side: 'mine' | 'theirs') =>
  piecesOf(merged)
    .map((piece) => (piece.type === 'same' ? piece.text : piece[side]))
    .join('')

test('if only one of the two changed something, the text is that one’s', () => {
  fc.assert(
    fc.property(text, text, (base, changed) => {
      expect(mergeThree(base, base, changed)).toMatchObject({ type: 'merged', text: changed })
      expect(mergeThree(base, changed, base)).toMatchObject({ type: 'merged', text: changed })
      expect(mergeThree(base, changed, changed)).toMatchObject({ type: 'merged', text: changed })
    }),
  )
})

test('it does not matter who of the two merges', () => {
  const turned = (piece: Piece) =>
    piece.type === 'same' ? piece : { ...piece, mine: piece.theirs, theirs: piece.mine }
  fc.assert(
    fc.property(text, text, text, (base, mine, theirs) => {
      expect(piecesOf(mergeThree(base, theirs, mine)).map(turned)).toEqual(
        piecesOf(mergeThree(base, mine, theirs)),
      )
    }),
  )
})

test('every line that either wrote anew stands in the result or in a conflict', () => {
  fc.assert(
    fc.property(text, text, text, (base, mine, theirs) => {
      const merged = mergeThree(base, mine, theirs)
      const there = piecesOf(merged).flatMap((piece) =>
        (piece.type === 'same' ? piece.text : `${piece.mine}\n${piece.theirs}`).split('\n'),
      )
      const old = base.split('\n')
      for (const line of [...mine.split('\n'), ...theirs.split('\n')])
        if (!old.includes(line)) expect(there).toContain(line)
    }),
  )
})

test('“mine everywhere” is my text if nothing of theirs was put in besides, and theirs likewise', () => {
  fc.assert(
    fc.property(text, text, text, (base, mine, theirs) => {
      const merged = mergeThree(base, mine, theirs)
      if (merged.taken.theirs === 0) expect(choose(merged, 'mine')).toBe(mine)
      if (merged.taken.mine === 0) expect(choose(merged, 'theirs')).toBe(theirs)
    }),
  )
})

type Edit = 'keep' | 'drop' | 'change' | 'after'
const made: Record<Edit, (line: string, by: string) => string> = {
  keep: (line) => `${line}\n`,
  drop: () => '',
  change: (line, by) => `${line}${by}改\n`,
  after: (line, by) => `${line}\n${by}加在${line}后\n`,
}

test('changes in different paragraphs are all in the result', () => {
  const edit = fc.constantFrom<Edit>('keep', 'drop', 'change', 'after')
  // Each paragraph is touched by one person at most; one that nobody touches follows it.
  const plan = fc.array(fc.record({ by: fc.constantFrom('我', '他'), edit }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(plan, (touched) => {
      const written = (whose: string) =>
        touched
          .map(({ by, edit }, i) => {
            const done = whose.includes(by) ? edit : 'keep'
            return made[done](`第${i}段`, by) + `第${i}段以后\n`
          })
          .join('')
      expect(mergeThree(written(''), written('我'), written('他'))).toMatchObject({
        ...{ type: 'merged', text: written('我他') },
      })
    }),
  )
})

test('neighbouring lines changed by two people fit together: a title and the summary below it', () => {
  expect(
    mergeThree('title: 甲\nsummary: 乙\n', 'title: 丙\nsummary: 乙\n', 'title: 甲\nsummary: 丁\n'),
  ).toEqual({
    ...{ type: 'merged', text: 'title: 丙\nsummary: 丁\n', taken: { mine: 1, theirs: 1 } },
  })
})

test('the same line changed differently is left to people, with all three wordings', () => {
  expect(mergeThree('一\n二\n三\n', '一\n二我\n三\n', '一\n二他\n三他\n')).toEqual({
    type: 'conflict',
    taken: { mine: 0, theirs: 0 },
    pieces: [
      { type: 'same', text: '一\n' },
      { type: 'conflict', base: '二\n三\n', mine: '二我\n三\n', theirs: '二他\n三他\n' },
    ],
  })
})

test('two paragraphs put in at the same spot are not ordered by chance', () => {
  const merged = mergeThree('一\n', '一\n我加\n', '一\n他加\n')
  expect(merged).toMatchObject({ type: 'conflict' })
  const conflict = piecesOf(merged).find(({ type }) => type === 'conflict')
  expect(conflict?.type === 'conflict' && bothOf(conflict)).toBe('我加\n他加\n')
})

test('one deletes what the other rewrote: it is asked, not deleted', () => {
  expect(piecesOf(mergeThree('一\n二\n三\n', '一\n三\n', '一\n二改\n三\n'))).toContainEqual({
    ...{ type: 'conflict', base: '二\n', mine: '', theirs: '二改\n' },
  })
})

test('keeping both of an unfinished last line keeps them on two lines', () => {
  expect(bothOf({ mine: '甲', theirs: '乙' })).toBe('甲\n乙')
  expect(bothOf({ mine: '', theirs: '乙' })).toBe('乙')
})

test('three thousand equal lines are merged at once', () => {
  const equal = '一样的一行话。\n'.repeat(3000)
  expect(mergeThree(equal, `${equal}我\n`, `他\n${equal}`)).toMatchObject({
    ...{ type: 'merged', text: `他\n${equal}我\n` },
  })
  expect(mergeThree(equal, equal.slice(8), equal.slice(16))).toMatchObject({ type: 'conflict' })
})
