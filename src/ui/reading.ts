// Reads blocks of a page aloud, sentence by sentence, and marks the one that is being said: by a recording if there is
// one, else by a voice of the device.

/** What asks, counts or explains controls is not read; nor are the sounds (拼音) above characters. */
const skipped =
  'form, nav, details, script, astro-island, rt, .acts, .aloud, .provenance, [aria-hidden="true"]'
const read = 'p, li, h1, h2, h3, h4, td, th, blockquote > span, figcaption, dt, dd'

/** Ends of sentences, with the closing marks that belong to them. */
const sentence = /[^。！？；…]+[。！？；…]*[”’」』）]*/g

/** True for what is not read of a place; what is around the place says nothing of it. */
function isSkipped(element: Element | null, place: Element): boolean {
  const outer = element?.closest(skipped) ?? null
  return outer !== null && place.contains(outer)
}

/** The blocks of a place that are read, in order. */
export function blocksIn(place: Element): Element[] {
  return [...place.querySelectorAll(read)].filter(
    (block) => !isSkipped(block, place) && !block.querySelector(read),
  )
}

type Voice = {
  /** How many sentences it has. */
  sentences: number
  /** Says sentence `at`; calls `ended` when it has been said, `failed` when it cannot be said. */
  say: (at: number, ended: () => void, failed: () => void) => void
  stop: () => void
  close: () => void
}

/** Puts every sentence of a block into spans of its own; a sentence may run over several text nodes. */
function splitBlock(block: Element): HTMLElement[][] {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
  const nodes: Text[] = []
  while (walker.nextNode()) {
    const node = walker.currentNode as Text
    if (node.data.trim() && !isSkipped(node.parentElement, block)) nodes.push(node)
  }
  const whole = nodes.map(({ data }) => data).join('')
  const ends = [...whole.matchAll(sentence)].map((match) => match.index + match[0].length)
  const sentences: HTMLElement[][] = ends.map(() => [])
  let passed = 0
  for (const node of nodes) {
    let rest: Text | null = node
    while (rest && rest.data) {
      const at = Math.max(
        0,
        ends.findIndex((end) => end > passed),
      )
      const room = (ends[at] ?? Infinity) - passed
      const next: Text | null = rest.data.length > room ? rest.splitText(room) : null
      const span = document.createElement('span')
      rest.replaceWith(span)
      span.append(rest)
      sentences[at]?.push(span)
      passed += rest.data.length
      rest = next
    }
  }
  return sentences.filter((spans) => spans.length > 0)
}

const wordsOf = (spans: HTMLElement[]) => spans.map(({ textContent }) => textContent).join('')

/** The best Chinese voice: Mandarin before others, of the device before one from the net. */
export function chineseVoice(): SpeechSynthesisVoice | null {
  if (!('speechSynthesis' in window)) return null
  const worth = ({ lang, localService }: SpeechSynthesisVoice) =>
    (/^(zh[-_](cn|hans)|cmn)/i.test(lang) ? 2 : 0) + (localService ? 1 : 0)
  const voices = speechSynthesis.getVoices().filter(({ lang }) => /^(zh|cmn)/i.test(lang))
  return voices.sort((one, other) => worth(other) - worth(one))[0] ?? null
}

/** A voice of the device; one sentence at a time, because long texts are cut off by some. */
function deviceVoice(sentences: HTMLElement[][], rate: () => number): Voice {
  let turn = 0
  const stop = () => {
    turn += 1
    if ('speechSynthesis' in window) speechSynthesis.cancel()
  }
  const say: Voice['say'] = (at, ended, failed) => {
    stop()
    const mine = turn
    const utterance = new SpeechSynthesisUtterance(wordsOf(sentences[at] ?? []))
    Object.assign(utterance, { lang: 'zh-CN', voice: chineseVoice(), rate: rate() })
    utterance.onend = () => mine === turn && ended()
    utterance.onerror = () => mine === turn && failed()
    speechSynthesis.speak(utterance)
  }
  return { sentences: sentences.length, say, stop, close: stop }
}

/** A recording and the seconds at which its sentences begin. */
function recordedVoice({ src, marks }: Recording, rate: () => number): Voice {
  const audio = new Audio(src)
  // It stands in the page, unseen, so that a lesson which counts the time knows that it is heard.
  document.body.append(audio)
  const say: Voice['say'] = (at, ended, failed) => {
    const [from = 0, to = Infinity] = [marks[at], marks[at + 1]]
    audio.onended = ended
    audio.onerror = failed
    audio.ontimeupdate = () => audio.currentTime >= to && ended()
    // From one sentence to the next the recording just runs on.
    if (audio.paused || Math.abs(audio.currentTime - from) > 0.5) audio.currentTime = from
    audio.playbackRate = rate()
    audio.play().catch(failed)
  }
  const stop = () => audio.pause()
  return { sentences: Math.max(1, marks.length), say, stop, close: () => (stop(), audio.remove()) }
}

/** Seconds at which each sentence begins, none if nobody marked them. */
type Recording = { src: string; marks: number[] }

export type Asked = {
  blocks: Element[]
  /** Marks whole blocks and leaves the elements as they are: for parts of a page that a program draws anew. */
  wholeBlocks?: boolean
  recording: Recording | null
  rate: () => number
  /** It says something, was stopped, came to its end, or cannot be said. */
  changed: (state: 'saying' | 'stopped' | 'ended' | 'failed') => void
  /** The sentence being said begins here: to be brought into view. */
  show: (first: HTMLElement) => void
}

export type Reading = {
  /** Says a sentence, counted from 0, and those after it. */
  go: (to: number) => void
  at: () => number
  saying: () => boolean
  stop: () => void
  /** Stops, and leaves nothing behind. */
  close: () => void
}

/** Makes ready to read; nothing is said before `go`. */
export function openReading({ blocks, wholeBlocks, recording, rate, changed, show }: Asked): Reading {
  const sentences = wholeBlocks
    ? blocks.map((block) => [block as HTMLElement])
    : blocks.flatMap((block) => splitBlock(block))
  let at = 0
  let saying = false
  const device = deviceVoice(sentences, rate)
  let voice = recording ? recordedVoice(recording, rate) : device

  const mark = (on: boolean) => {
    document.querySelectorAll('.said').forEach((each) => each.classList.remove('said'))
    // A recording with other sentences than the text is heard without marks, rather than with wrong ones.
    const spans = on && voice.sentences === sentences.length ? (sentences[at] ?? []) : []
    for (const span of spans) span.classList.add('said')
    if (spans[0]) show(spans[0])
  }
  const rest = (state: 'stopped' | 'ended' | 'failed', next: number) => {
    saying = false
    voice.stop()
    at = next
    mark(next > 0)
    changed(state)
  }
  const go = (to: number) => {
    if (to >= voice.sentences) return rest('ended', 0)
    at = Math.max(0, to)
    saying = true
    mark(true)
    changed('saying')
    // A voice that has been given up may still say that it ended or failed.
    const now = voice
    now.say(
      at,
      () => now === voice && go(at + 1),
      () => now === voice && fail(),
    )
  }
  /** A recording that cannot be played gives way to a voice of the device; a voice that fails says so. */
  const fail = () => {
    rest('failed', at)
    if (voice === device || !chineseVoice()) return
    voice = device
    go(0)
  }
  const close = () => {
    saying = false
    voice.close()
    mark(false)
  }
  return { go, at: () => at, saying: () => saying, stop: () => rest('stopped', at), close }
}
