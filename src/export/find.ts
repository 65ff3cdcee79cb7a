// The script of the export's search page. It asks Pagefind for every token of the query, adds up what they say, and
// fetches of the best documents what is shown. Everything comes from the folder that the page itself came from.
import { lettersToTry, tokensOf } from '#export/ask.ts'
import type { FoundDocument } from '#export/found-document.ts'
import { fieldWeights, rank, type Hit } from '#export/rank.ts'
import { listOf, moreButton, sentence } from '#export/results.ts'
import { spell } from '#export/spell.ts'
import type { Wanted } from '#search/hits.ts'

/** As much of Pagefind as is used here. */
type Pagefind = {
  options: (options: object) => Promise<void>
  search: (word: string) => Promise<{ results: Hit[] }>
}

const atOnce = 10

const here = (document.currentScript as HTMLScriptElement).src
const place = (path: string) => new URL(path, here).href
const form = document.querySelector<HTMLFormElement>('form.seek')
const box = form?.querySelector('input')
const told = document.querySelector('#told')
const found = document.querySelector('#found')
/** A page from the own computer may not fetch the files beside it. */
const fromFolder = location.protocol === 'file:'

let starting: Promise<Pagefind> | undefined
const pagefind = () => (starting ??= start())

async function start(): Promise<Pagefind> {
  const loaded = (await import(/* @vite-ignore */ place('pagefind/pagefind.js'))) as Pagefind
  // One thread: a worker would fetch all of it a second time.
  await loaded.options({ noWorker: true, ranking: { metaWeights: fieldWeights } })
  return loaded
}

async function lookUpEach(tokens: readonly string[]) {
  const { search } = await pagefind()
  return Promise.all(tokens.map(async (token) => ({ token, hits: (await search(spell(token))).results })))
}

/**
 * Every document that has something of the query, best first, and the tokens that are anywhere; rare ones weigh more.
 * `similar` if titles have some of its characters, and nothing has more of it.
 */
async function lookUp(query: string): Promise<{ hits: Hit[]; wanted: Wanted; similar: boolean }> {
  const asked = await lookUpEach(tokensOf(query))
  const unknown = asked.filter(({ hits }) => hits.length === 0).map(({ token }) => token)
  const letters = await lookUpEach(lettersToTry(query, unknown))
  const similar = asked.length > 0 && unknown.length === asked.length
  // Single characters are everywhere in texts; they are marked only where nothing else could be.
  const marked = (asked.length > unknown.length ? asked : letters).filter(({ hits }) => hits.length > 0)
  return {
    hits: rank([...asked, ...letters].map(({ hits }) => hits)),
    wanted: new Map(marked.map(({ token, hits }) => [token, 1 / hits.length])),
    similar,
  }
}

const fetchDocument = async ({ id }: Hit) =>
  (await (await fetch(place(`found/${id}.json`))).json()) as FoundDocument

/** Counts questions, so that a slow answer does not overwrite a later one. */
let turn = 0

async function answer(query: string, count: number) {
  const mine = ++turn
  const { hits, wanted, similar } = await lookUp(query)
  const documents = await Promise.all(hits.slice(0, count).map(fetchDocument))
  if (mine !== turn) return
  if (hits.length === 0) return say(`没有找到“${query}”。换一种说法，或者少写几个字再试。`)
  const words = similar ? `没有找到“${query}”，下面这些的标题里有其中的字。` : `找到${hits.length}条。`
  told?.replaceChildren(sentence(words, 'note'))
  found?.replaceChildren(listOf(documents, wanted))
  if (hits.length > count) found?.append(moreButton(() => void showMore(query, count)))
}

function say(text: string) {
  told?.replaceChildren(sentence(text, 'say'))
  found?.replaceChildren()
}

async function show(query: string, count = atOnce) {
  if (query.trim() === '') return
  if (fromFolder)
    return say('从文件夹里直接打开时不能搜索。请从上面的目录里找，或者把这些网页放到网站上再打开。')
  await answer(query, count).catch((error: unknown) => {
    console.error(error)
    starting = undefined
    say('没有搜成，可能是网络断了。请再试一次。')
  })
}

/** Goes on reading at the first that is new. */
async function showMore(query: string, shown: number) {
  await show(query, shown + atOnce)
  found?.querySelectorAll<HTMLElement>('h2 a')[shown]?.focus()
}

form?.addEventListener('submit', (event) => {
  event.preventDefault()
  const query = box?.value ?? ''
  if (!fromFolder) history.replaceState(null, '', `?q=${encodeURIComponent(query)}`)
  void show(query)
})

const first = new URLSearchParams(location.search).get('q') ?? ''
if (box) box.value = first
void show(first)
