// What a screen with a line hears of its session: who checked in by phone, and what was answered.
export type HallState = {
  state: 'planned' | 'open' | 'ended' | 'confirmed' | 'dropped'
  /** Who is in; `key` means something at this kiosk only. */
  people: { key: string; name: string; left: boolean }[]
  /** Item of the question that is put to the hall, or null. */
  asking: string | null
  /** How many chose each option of it by phone; hands are counted at the screen. */
  tally: number[]
}
