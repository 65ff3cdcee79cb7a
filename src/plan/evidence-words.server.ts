// What each piece of evidence was, in words: the question, or what was seen; and what moved an estimate last.
import { titlesOf } from '#course/titles.server.ts'
import type { LastMove } from '#record/capability/belief.server.ts'
import type { Evidence } from '#record/evidence/evidence.ts'
import { factsOf } from '#record/hours/credited.server.ts'
import { sayEvent } from '#record/say-event.ts'

/** Each piece with its sentence. */
export async function evidenceInWords(
  pieces: readonly Evidence[],
): Promise<{ evidence: Evidence; text: string }[]> {
  const say = await wordsFor(pieces.map(({ eventId }) => eventId))
  return pieces.map((evidence) => ({ evidence, text: say(evidence.eventId) }))
}

/** Each move with the sentence of the event behind it. */
export async function lastMovesInWords(moves: readonly LastMove[]): Promise<(LastMove & { text: string })[]> {
  const say = await wordsFor(moves.map(({ eventId }) => eventId))
  return moves.map((move) => ({ ...move, text: say(move.eventId) }))
}

async function wordsFor(eventIds: readonly string[]): Promise<(eventId: string) => string> {
  const facts = await factsOf(eventIds)
  const titles = await titlesOf([...facts.values()].map((found) => found.facts))
  return (eventId) => {
    const found = facts.get(eventId)
    return found ? sayEvent(found.kind, found.facts, (name) => titles.get(name) ?? null) : '记录已删除'
  }
}
