// The script of the export's search page. It asks Pagefind for every token of the query, adds up what they say, and
// fetches of the best documents what is shown. Everything comes from the folder that the page itself came from.
import type { FoundDocument } from '#export/found-document.ts'
import { lookUp, startPagefind, type Pagefind } from '#export/look-up.ts'
import type { Hit } from '#export/rank.ts'
import { listOf, moreButton, sentence } from '#export/results.ts'

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
const pagefind = () => (starting ??= startPagefind(place('pagefind/pagefind.js')))

const fetchDocument = async ({ id }: Hit) =>
  (await (await fetch(place(`found/${id}.json`))).json()) as FoundDocument

/** Counts questions, so that a slow answer does not overwrite a later one. */
let turn = 0

async function answer(query: string, count: number) {
  const mine = ++turn
  const { hits, wanted, similar } = await lookUp(await pagefind(), query)
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
