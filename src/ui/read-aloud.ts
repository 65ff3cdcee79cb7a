// Reads the text after its button aloud, sentence by sentence, and marks the one that is being said. Loaded when the
// button is pressed for the first time; begins at once.

/** Blocks that are read; what asks, counts or explains controls is not. */
const read = 'p, li, h2, h3, blockquote > span, figcaption, dt, dd'
const skipped = 'form, nav, details, script, astro-island, .aloud, .provenance, [aria-hidden="true"]'

/** Ends of sentences, with the closing marks that belong to them. */
const sentence = /[^。！？；…]+[。！？；…]*[”’」』）]*/g

type Voice = {
  /** Says sentence `at`; calls `ended` when it has been said. */
  say: (at: number, ended: () => void) => void
  stop: () => void
}

/** Puts every sentence of a block into spans of its own; a sentence may run over several text nodes. */
function splitBlock(block: Element): HTMLElement[][] {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
  const nodes: Text[] = []
  while (walker.nextNode()) {
    const node = walker.currentNode as Text
    if (node.data.trim() && !node.parentElement?.closest(skipped)) nodes.push(node)
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

/** A voice of the device; one sentence at a time, because long texts are cut off by some. */
function deviceVoice(sentences: HTMLElement[][], rate: () => number): Voice {
  const voices = speechSynthesis.getVoices().filter(({ lang }) => lang.startsWith('zh'))
  const voice = voices.find(({ localService }) => localService) ?? voices[0] ?? null
  let turn = 0
  const stop = () => {
    turn += 1
    speechSynthesis.cancel()
  }
  const say = (at: number, ended: () => void) => {
    stop()
    const mine = turn
    const utterance = new SpeechSynthesisUtterance(wordsOf(sentences[at] ?? []))
    Object.assign(utterance, { lang: 'zh-CN', voice, rate: rate() })
    utterance.onend = () => mine === turn && ended()
    speechSynthesis.speak(utterance)
  }
  return { say, stop }
}

/** A recording; with marks it knows which sentence it is at. */
function recordedVoice(src: string, marks: number[], rate: () => number): Voice {
  const audio = new Audio(src)
  const say = (at: number, ended: () => void) => {
    const from = marks[at] ?? 0
    const to = marks[at + 1] ?? Infinity
    if (Math.abs(audio.currentTime - from) > 0.5 || audio.paused) audio.currentTime = from
    audio.playbackRate = rate()
    audio.ontimeupdate = () => audio.currentTime >= to && ended()
    audio.onended = ended
    void audio.play()
  }
  return { say, stop: () => audio.pause() }
}

function button(text: string, press: () => void): HTMLButtonElement {
  const made = document.createElement('button')
  Object.assign(made, { type: 'button', className: 'btn', textContent: text, onclick: press })
  return made
}

function begin(main: HTMLButtonElement) {
  const place = main.closest('article') ?? document.body
  const blocks = [...place.querySelectorAll(read)].filter(
    (block) => !block.closest(skipped) && !block.querySelector(read) && follows(main, block),
  )
  const sentences = blocks.flatMap(splitBlock)
  let slow = false
  let at = 0
  let saying = false
  const rate = () => (slow ? 0.7 : 0.95)
  const marks = (main.dataset['marks'] ?? '').split(' ').filter(Boolean).map(Number)
  const { recording } = main.dataset
  const voice = recording ? recordedVoice(recording, marks, rate) : deviceVoice(sentences, rate)

  const mark = (on: boolean) => {
    document.querySelectorAll('.said').forEach((each) => each.classList.remove('said'))
    const spans = on && (!recording || marks.length > 0) ? (sentences[at] ?? []) : []
    for (const span of spans) span.classList.add('said')
    const [first] = spans
    const { top, bottom } = first?.getBoundingClientRect() ?? { top: 0, bottom: 0 }
    if (first && (top < 60 || bottom > innerHeight - 120)) first.scrollIntoView({ block: 'center' })
  }
  const go = (to: number) => {
    const last = recording && marks.length === 0 ? 0 : sentences.length - 1
    if (to > last) return stop(0)
    at = Math.max(0, to)
    saying = true
    main.textContent = '停一停'
    mark(true)
    voice.say(at, () => go(at + 1))
  }
  const stop = (next = at) => {
    saying = false
    voice.stop()
    at = next
    main.textContent = next === 0 ? '从头读' : '接着读'
    mark(next > 0)
  }
  const pace = button('慢些读', () => {
    slow = !slow
    pace.textContent = slow ? '快些读' : '慢些读'
    if (saying) go(at)
  })
  main.onclick = () => (saying ? stop() : go(at))
  main.after(
    button('上一句', () => go(at - 1)),
    button('下一句', () => go(at + 1)),
    pace,
  )
  addEventListener('pagehide', () => voice.stop())
  go(0)
}

const follows = (before: Element, after: Element) =>
  Boolean(before.compareDocumentPosition(after) & Node.DOCUMENT_POSITION_FOLLOWING)

const pressed = document.querySelector<HTMLButtonElement>('button[data-reader]')
if (pressed) begin(pressed)
