// Reads the text after its button aloud, sentence by sentence, and marks the one that is being said. Loaded when the
// button is pressed for the first time; begins at once.

/** Blocks that are read; what asks, counts or explains controls is not. */
const read = 'p, li, h2, h3, h4, td, th, blockquote > span, figcaption, dt, dd'
const skipped = 'form, nav, details, script, astro-island, .acts, .aloud, .provenance, [aria-hidden="true"]'

/** Ends of sentences, with the closing marks that belong to them. */
const sentence = /[^。！？；…]+[。！？；…]*[”’」』）]*/g

type Voice = {
  /** How many sentences it has. */
  sentences: number
  /** Says sentence `at`; calls `ended` when it has been said, `failed` when it cannot be said. */
  say: (at: number, ended: () => void, failed: () => void) => void
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

/** The best Chinese voice: Mandarin before others, of the device before one from the net. */
function chineseVoice(): SpeechSynthesisVoice | null {
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
    speechSynthesis.cancel()
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
  return { sentences: sentences.length, say, stop }
}

/** A recording and the seconds at which its sentences begin. */
function recordedVoice(src: string, marks: number[], rate: () => number): Voice {
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
  return { sentences: marks.length, say, stop: () => audio.pause() }
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
  const device = deviceVoice(sentences, rate)
  let voice = recording ? recordedVoice(recording, marks, rate) : device

  const mark = (on: boolean) => {
    document.querySelectorAll('.said').forEach((each) => each.classList.remove('said'))
    // A recording with other sentences than the text is heard without marks, rather than with wrong ones.
    const spans = on && voice.sentences === sentences.length ? (sentences[at] ?? []) : []
    for (const span of spans) span.classList.add('said')
    const [first] = spans
    const { top, bottom } = first?.getBoundingClientRect() ?? { top: 0, bottom: 0 }
    if (first && (top < 60 || bottom > innerHeight - 120)) first.scrollIntoView({ block: 'center' })
  }
  const rest = (words: string, next: number) => {
    saying = false
    voice.stop()
    at = next
    main.textContent = words
    mark(next > 0)
  }
  const stop = () => rest('接着读', at)
  const go = (to: number) => {
    if (to >= voice.sentences) return rest('从头读', 0)
    at = Math.max(0, to)
    saying = true
    main.textContent = '停一停'
    mark(true)
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
    rest('读不出来，再试一次', at)
    if (voice === device || !('speechSynthesis' in window) || !chineseVoice()) return
    voice = device
    go(0)
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
