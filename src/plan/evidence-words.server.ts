// What each piece of evidence was, in words: the question, or what was seen.
import { itemTitles } from '#course/titles.server.ts'
import type { Evidence } from '#record/evidence/evidence.ts'
import { factsOf } from '#record/hours/credited.server.ts'
import { sayEvent } from '#record/say-event.ts'

/** Each piece with its sentence. */
export async function evidenceInWords(
  pieces: readonly Evidence[],
): Promise<{ evidence: Evidence; text: string }[]> {
  const [facts, titles] = await Promise.all([factsOf(pieces.map(({ eventId }) => eventId)), itemTitles()])
  return pieces.map((evidence) => {
    const found = facts.get(evidence.eventId)
    const text = found ? sayEvent(found.kind, found.facts, (name) => titles.get(name) ?? null) : '记录已删除'
    return { evidence, text }
  })
}
