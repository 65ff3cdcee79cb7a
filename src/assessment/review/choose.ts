// Which questions of an indicator somebody practises next. Pure.
import { mixed } from '#quiz/shuffled.ts'

/** How many at a time. */
export const atATime = 5

/**
 * The next ones: first what was never answered, in an order by the salt; then what was answered longest ago.
 * @param answered when each was answered last, ISO UTC, by id.
 */
export function chooseToPractise<T extends { id: string }>(
  items: readonly T[],
  answered: ReadonlyMap<string, string>,
  salt: string,
): T[] {
  const unseen = mixed(
    items.filter(({ id }) => !answered.has(id)),
    salt,
  )
  const when = ({ id }: T) => `${answered.get(id)} ${id}`
  const seen = items.filter(({ id }) => answered.has(id)).sort((a, b) => (when(a) < when(b) ? -1 : 1))
  return [...unseen, ...seen].slice(0, atATime)
}
