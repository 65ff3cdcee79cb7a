// Words that the county wants to be looked at twice, and people whose story has been withdrawn. Both lists are the
// county's and are handed in.
import { adviceOn, brief } from '#studio/check/advice.ts'
import type { Advice } from '#studio/check/advice.ts'
import { findIn, withoutSpaces } from '#studio/check/letters.ts'
import { spanOf } from '#studio/check/passages.ts'
import type { Passage } from '#studio/check/passages.ts'

/** A person about whom the county shows nothing for now. */
export type WithdrawnPerson = { name: string; /** Said to the writer. */ reason: string }

/** Each place of a word on the county's list. */
export function adviseSensitive(
  passages: readonly Passage[],
  source: string,
  words: readonly string[],
): Advice[] {
  return each(passages, source, words, (word) => ({
    kind: 'sensitive',
    message: `“${brief(word)}”在本县的敏感词表里。`,
    mend: '看看这里用得对不对；用得对就不用改，评审时会再看一遍。',
  }))
}

/** Each place of the name of somebody withdrawn. */
export function adviseWithdrawn(
  passages: readonly Passage[],
  source: string,
  people: readonly WithdrawnPerson[],
): Advice[] {
  const reasons = new Map(people.map(({ name, reason }) => [name, reason]))
  return each(passages, source, [...reasons.keys()], (name) => ({
    kind: 'withdrawn',
    message: `“${brief(name)}”的内容已经撤展：${reasons.get(name)}`,
    mend: '换一个人物；同名的另一个人，写明是谁。',
  }))
}

function each(
  passages: readonly Passage[],
  source: string,
  words: readonly string[],
  say: (word: string) => Pick<Advice, 'kind' | 'message' | 'mend'>,
): Advice[] {
  const bare = words.map((word) => ({ word, signs: withoutSpaces(word).signs }))
  return passages.flatMap((passage) => {
    const text = withoutSpaces(passage.text)
    return bare.flatMap(({ word, signs }) =>
      findIn(text, signs).map(({ from, to }) => adviceOn(source, spanOf(passage, from, to), say(word))),
    )
  })
}
