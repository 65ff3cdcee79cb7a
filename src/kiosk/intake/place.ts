// When the entries of a kiosk happened, by the server's clock. A kiosk's wall clock may be wrong by years, and its line
// dead for weeks; what it says truly is the order of its entries, which contact it had heard last, and for how long it
// has been running since. The time that it was switched off is what is left between two contacts.

/** A hello that was answered; see the table kiosk_contact. Times are ms since 1970, `up` and `off` ms. */
export type Contact = {
  id: string
  at: number
  heard: string | null
  seq: number
  up: number
  off: number
}

/** An entry as it came, and when. */
export type Unplaced = {
  id: string
  seq: number
  contact: string
  up: number
  off: number
  arrivedAt: number
}

/** An entry that was given its place before. */
export type Fixed = { seq: number; at: number }

type Known = { contacts: Contact[]; fixed: Fixed[]; /** When the kiosk was let in. */ since: number }

/**
 * Places entries of one kiosk: C.at + up + min(off, R − U), where C is the contact that the entry names, R the time from C
 * to the first hello that was made after the entry and before another contact was heard, U how long the kiosk ran in
 * it. Never before C or what the kiosk is known to have heard before, never after the arrival, and in the order of
 * their numbers. Where the kiosk spoke the truth this is the time at which it happened, whatever arrived when.
 * @returns ms since 1970 by the id of the entry.
 */
export function place(entries: Unplaced[], { contacts, fixed, since }: Known): Map<string, number> {
  const past = new Past(contacts, entries, since)
  const inOrder = entries.toSorted((a, b) => a.seq - b.seq || (a.id < b.id ? -1 : 1))
  const ends = latestOf(inOrder, fixed)
  const before = fixed.toSorted((a, b) => a.seq - b.seq)
  const places = new Map<string, number>()
  let [earliest, next] = [0, 0]
  inOrder.forEach((entry, i) => {
    for (; (before[next]?.seq ?? Infinity) < entry.seq; next++)
      earliest = Math.max(earliest, before[next]?.at ?? 0)
    const { claimed, from, to } = past.spanOf(entry)
    earliest = Math.max(earliest, from)
    const at = Math.min(Math.max(claimed, earliest), Math.max(to, earliest), ends[i] ?? entry.arrivedAt)
    earliest = Math.max(earliest, at)
    places.set(entry.id, at)
  })
  return places
}

/** For each entry in order, what it cannot be later than: a smaller number happened before a larger one arrived. */
function latestOf(inOrder: Unplaced[], fixed: Fixed[]): number[] {
  const after = fixed.toSorted((a, b) => b.seq - a.seq)
  let [latest, next] = [Infinity, 0]
  return inOrder
    .toReversed()
    .map(({ seq, arrivedAt }) => {
      for (; (after[next]?.seq ?? -1) > seq; next++) latest = Math.min(latest, after[next]?.at ?? Infinity)
      latest = Math.min(latest, arrivedAt)
      return latest
    })
    .toReversed()
}

/** What is known of the kiosk from its contacts. Entries must be asked for in the order of their numbers. */
class Past {
  #contacts: Contact[]
  #bySeq: Contact[]
  #byId: Map<string, Contact>
  #byHeard: Map<string | null, Contact[]>
  /** Of the entries that name a contact, the one that ran longest. */
  #longest = new Map<string, Unplaced>()
  #heardAt: number
  #next = 0

  constructor(contacts: Contact[], entries: Unplaced[], since: number) {
    this.#contacts = contacts.toSorted((a, b) => a.at - b.at)
    this.#bySeq = contacts.toSorted((a, b) => a.seq - b.seq)
    this.#byId = new Map(contacts.map((one) => [one.id, one]))
    this.#byHeard = Map.groupBy(this.#contacts, ({ heard }) => heard)
    this.#heardAt = since
    for (const entry of entries)
      if ((this.#longest.get(entry.contact)?.up ?? -1) < entry.up) this.#longest.set(entry.contact, entry)
  }

  /** When an entry says that it happened, and between which contacts it must have. */
  spanOf(entry: Unplaced): { claimed: number; from: number; to: number } {
    const { end, ran, off } = this.#endOf(entry)
    const known = this.#byId.get(entry.contact)?.at
    // A server that was restored from a backup has forgotten contacts; the screen still knows how long ago they were.
    const start = known ?? Math.max(this.#heardBefore(entry.seq), end - ran - off)
    // Whoever names an older contact than a smaller number did cannot have been there before the newer one.
    this.#heardAt = Math.max(this.#heardBefore(entry.seq), start)
    const later = this.#firstWith(entry.seq, start)
    const claimed = start + entry.up + Math.min(entry.off, Math.max(0, end - start - ran))
    return { claimed, from: this.#heardAt, to: later?.at ?? Infinity }
  }

  /** When the newest contact was made that the kiosk had heard before it made the entry of this number. */
  #heardBefore(seq: number): number {
    for (; (this.#bySeq[this.#next]?.seq ?? Infinity) < seq; this.#next++) {
      const heard = this.#byId.get(this.#bySeq[this.#next]?.heard ?? '')
      this.#heardAt = Math.max(this.#heardAt, heard?.at ?? 0)
    }
    return this.#heardAt
  }

  /** The first contact from a time on that counts an entry of this number among those made. */
  #firstWith(entrySeq: number, since: number): Contact | undefined {
    let [low, high] = [0, this.#contacts.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#contacts[middle]?.at ?? 0) < since) low = middle + 1
      else high = middle
    }
    while (low < this.#contacts.length && (this.#contacts[low]?.seq ?? 0) < entrySeq) low++
    return this.#contacts[low]
  }

  /** Where the time since the contact of an entry ends as far as is known, and how long the kiosk ran and was off in it. */
  #endOf(entry: Unplaced): { end: number; ran: number; off: number } {
    const cover = this.#byHeard.get(entry.contact)?.find(({ seq }) => seq >= entry.seq)
    if (cover) return { end: cover.at, ran: cover.up, off: cover.off }
    const last = this.#longest.get(entry.contact) ?? entry
    return { end: last.arrivedAt, ran: last.up, off: last.off }
  }
}
