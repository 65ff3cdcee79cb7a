// What time it is. The server's own clock, except in the demo's seeding and in tests, which set another.

/** The current instant. */
export let now: () => Date = () => new Date()

/** Puts another clock in place; for the demo database and tests only. */
export function setClock(clock: () => Date) {
  now = clock
}
