// Who has which draft open, in memory: a page that says nothing for half a minute is gone.

/** Milliseconds after which a page that was not heard of counts as closed. */
export const silence = 30_000

type Seen = { name: string; at: number }

/** Who is where; the clock is handed in. */
export class Presence {
  private readonly drafts = new Map<string, Map<string, Seen>>()

  /** Notes that a person has a draft open, and names the others who have. */
  note(draftId: string, person: { id: string; name: string }, at: number): string[] {
    const here = this.drafts.get(draftId) ?? new Map<string, Seen>()
    this.drafts.set(draftId, here)
    here.set(person.id, { name: person.name, at })
    for (const [id, seen] of here) if (at - seen.at > silence) here.delete(id)
    return [...here].filter(([id]) => id !== person.id).map(([, seen]) => seen.name)
  }

  /** Forgets drafts that nobody has open. */
  sweep(at: number) {
    for (const [id, here] of this.drafts) {
      if ([...here.values()].every((seen) => at - seen.at > silence)) this.drafts.delete(id)
    }
  }
}
