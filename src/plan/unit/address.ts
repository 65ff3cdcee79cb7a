// The address of a unit's pages with what was chosen on them, so that one choice keeps the others.

/** What can be chosen; null for nothing. */
export type Chosen = { asOf: string | null; dimension: string | null; indicator: string | null }

/** `/units/<id>` with a choice; `part` is `/report` or `/map.csv`, `place` the id of a heading on the page. */
export function unitAddress(
  id: string,
  chosen: Partial<Chosen> = {},
  { part = '', place = '' }: { part?: string; place?: string } = {},
): string {
  const query = new URLSearchParams(
    Object.entries(chosen).filter((one): one is [string, string] => typeof one[1] === 'string'),
  ).toString()
  return `/units/${id}${part}${query && `?${query}`}${place && `#${place}`}`
}
