// A cell of a blueprint, and what it lacks, in words.
import type { Cell } from '#assessment/blueprint/blueprint.ts'
import type { ShortCell } from '#assessment/blueprint/draw.ts'
import { kinds, type KindName } from '#quiz/kinds/registry.ts'

/** How a difficulty is called. */
export const difficultyNames = { easy: '易', medium: '中', hard: '难' } as const

/** How a kind is called; one that is unknown by its id. */
export const kindName = (kind: string): string =>
  Object.hasOwn(kinds, kind) ? kinds[kind as KindName].name : kind

/** 公开 · 情景题 · 难. @param nameOf the name of an indicator. */
export const sayCell = ({ indicator, kind, difficulty }: Cell, nameOf: (indicator: string) => string) =>
  [nameOf(indicator), kind && kindName(kind), difficulty && difficultyNames[difficulty]]
    .filter(Boolean)
    .join(' · ')

/** Which cells the bank cannot fill: 公开 · 情景题 · 难：要2道，只有1道 */
export function sayShort(cells: readonly ShortCell[], nameOf: (indicator: string) => string): string {
  const said = cells.map(({ cell, fits }) => {
    const why =
      fits >= cell.count ? `合用的${fits}道，别处用去以后不够` : fits === 0 ? '一道也没有' : `只有${fits}道`
    return `${sayCell(cell, nameOf)}：要${cell.count}道，${why}`
  })
  return said.join('；')
}
