// Reads the text after its button aloud. Loaded when the button is pressed for the first time; begins at once.
import { blocksIn, openReading } from '#ui/reading.ts'

function button(text: string, press: () => void): HTMLButtonElement {
  const made = document.createElement('button')
  Object.assign(made, { type: 'button', className: 'btn', textContent: text, onclick: press })
  return made
}

const words = { saying: '停一停', stopped: '接着读', ended: '从头读', failed: '读不出来，再试一次' }

function begin(main: HTMLButtonElement) {
  const { recording, marks = '' } = main.dataset
  let slow = false
  const reading = openReading({
    blocks: blocksIn(main.closest('article') ?? document.body).filter((block) => follows(main, block)),
    recording: recording ? { src: recording, marks: marks.split(' ').filter(Boolean).map(Number) } : null,
    rate: () => (slow ? 0.7 : 0.95),
    changed: (state) => (main.textContent = words[state]),
    show: (first) => {
      const { top, bottom } = first.getBoundingClientRect()
      if (top < 60 || bottom > innerHeight - 120) first.scrollIntoView({ block: 'center' })
    },
  })
  const pace = button('慢些读', () => {
    slow = !slow
    pace.textContent = slow ? '快些读' : '慢些读'
    if (reading.saying()) reading.go(reading.at())
  })
  main.onclick = () => (reading.saying() ? reading.stop() : reading.go(reading.at()))
  main.after(
    button('上一句', () => reading.go(reading.at() - 1)),
    button('下一句', () => reading.go(reading.at() + 1)),
    pace,
  )
  addEventListener('pagehide', reading.stop)
  reading.go(0)
}

const follows = (before: Element, after: Element) =>
  Boolean(before.compareDocumentPosition(after) & Node.DOCUMENT_POSITION_FOLLOWING)

const pressed = document.querySelector<HTMLButtonElement>('button[data-reader]')
if (pressed) begin(pressed)
