// Invented documents that compete with the real ones: their words, shaken together. The same number gives the same.
import { read } from '#db/database.server.ts'
import { searchDocument, searchSection } from '#db/schema/search.ts'
import { pick, randomFor, whole, type Random } from '#demo/random.ts'
import type { Indexed } from '#search/index-document.server.ts'

const splitter = new Intl.Segmenter('zh', { granularity: 'word' })

/** So many documents made of the words of what is indexed now, each as frequent as there, in titles too. */
export async function fillers(howMany: number): Promise<Indexed[]> {
  const documents = await read.select().from(searchDocument)
  const sections = await read.select().from(searchSection)
  const texts = [
    ...documents.flatMap(({ title, summary }) => [title, summary]),
    ...sections.map(({ text }) => text),
  ]
  const words = texts.flatMap((text) => [...splitter.segment(text)].filter(({ isWordLike }) => isWordLike))
  const spelt = words.map(({ segment }) => segment)
  return Array.from({ length: howMany }, (_, i) => filler(spelt, i))
}

type Phrase = (from: number, to: number) => string

function filler(words: readonly string[], number: number): Indexed {
  const random = randomFor('search filler', number)
  const phrase: Phrase = (from, to) =>
    Array.from({ length: whole(random, from, to) }, () => pick(random, words)).join('')
  return {
    ...{ id: `filler-${number}`, address: `/fillers/${number}`, course: null, indicators: [] },
    kind: pick(random, ['lesson', 'story', 'case', 'list'] as const),
    path: pick(random, ['不敢腐', '不能腐', '不想腐'] as const),
    title: phrase(4, 7),
    summary: `${phrase(10, 20)}。`,
    sections: Array.from({ length: whole(random, 2, 6) }, (_, i) => sectionOf(random, phrase, i + 1)),
  }
}

function sectionOf(random: Random, phrase: Phrase, number: number) {
  const title = phrase(3, 6)
  const sentences = Array.from({ length: whole(random, 8, 25) }, () => `${phrase(6, 10)}，${phrase(4, 10)}。`)
  return { id: `s${number}`, title, text: [title, ...sentences].join('\n') }
}
