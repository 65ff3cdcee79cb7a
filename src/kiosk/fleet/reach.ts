// Which screens have heard of something: those of the unit and below that were met since.

export type Screen = { id: string; name: string; unit: string; path: string; helloAt: string | null }

export type Reach = {
  /** All screens of the unit and below. */
  all: number
  /** Those that were met since. */
  met: number
  /** The others. */
  waiting: Screen[]
}

/**
 * @param path of the unit.
 * @param since ISO; a screen that was met in this very instant may have missed it.
 */
export function reachOf(screens: readonly Screen[], path: string, since: string): Reach {
  const own = screens.filter((screen) => screen.path.startsWith(path))
  const waiting = own.filter(({ helloAt }) => helloAt === null || helloAt <= since)
  return { all: own.length, met: own.length - waiting.length, waiting }
}
