// When a backup, or the test of one, is due. Asked each hour, so that a machine which is off at night does not go
// without.
const hour = 3_600_000
const day = 24 * hour

/** Half past midnight in Shanghai, as ms after midnight UTC. */
const nightly = 16.5 * hour

/** True if there is none since the last half past midnight in Shanghai. Instants are ms since 1970. */
export function backupDue(now: number, newest: number | null): boolean {
  const lastNight = Math.floor((now - nightly) / day) * day + nightly
  return newest === null || newest < lastNight
}

/** The last test of a backup, as it is kept. */
export type Tested = { at: string; backup: string; ok: boolean; said: string[] }

/** True a week after the last test, and after a bad one as soon as there is another backup. */
export function testDue(now: number, newest: string, last: Tested | null): boolean {
  if (last === null) return true
  return now - Date.parse(last.at) >= 7 * day || (!last.ok && last.backup !== newest)
}
