// What is found in a file of sound or film, whatever its container.

/** What plays, and for how many seconds; null if the file does not say. */
export type Recording = { sound: boolean; film: boolean; seconds: number | null }
