// Listens for what a reader does on a page. Everything that stirs is a sign of life, whatever it is done with; what the
// browser tells because the page itself has moved is none.

const signs = [
  ...['wheel', 'pointerdown', 'keydown', 'touchstart', 'touchmove'],
  ...['focusin', 'selectionchange', 'input'],
]
/** They do not bubble, so they are caught on their way down. */
const ofMedia = ['play', 'pause', 'seeked', 'ended', 'ratechange', 'volumechange']

type Reader = {
  /** Somebody stirred. */
  stirred: () => void
  /** The page came into view, left it, or began or ceased to be heard. */
  turned: () => void
  /** So much of a recording was played: address and spans in seconds from its start. */
  played: (file: string, spans: [number, number][]) => void
}

/** Listens until the function that it returns is called. */
export function watchReader({ stirred, turned, played }: Reader): () => void {
  const watched = ({ target }: Event) => {
    const media = target as HTMLMediaElement
    const spans = Array.from({ length: media.played.length }, (_, i): [number, number] => [
      media.played.start(i),
      media.played.end(i),
    ])
    played(new URL(media.currentSrc).pathname, spans)
  }
  const heard = () => (turned(), stirred())
  // Where something above the text grows, browsers scroll so that the text stays where it is.
  let top = topOfText()
  const scrolled = ({ target }: Event) => {
    const before = top
    top = topOfText()
    if (target !== document || Math.abs(top - before) > 1) stirred()
  }
  // They also tell of a pointer that rests while the page moves under it.
  let at = ''
  const pointed = ({ screenX, screenY }: PointerEvent) => {
    const before = at
    at = `${screenX} ${screenY}`
    if (at !== before) stirred()
  }
  const ends = new AbortController()
  const until = { signal: ends.signal }
  for (const name of signs) document.addEventListener(name, stirred, { passive: true, ...until })
  document.addEventListener('scroll', scrolled, { passive: true, capture: true, ...until })
  document.addEventListener('pointermove', pointed, { passive: true, ...until })
  for (const name of ofMedia) document.addEventListener(name, heard, { capture: true, ...until })
  document.addEventListener('visibilitychange', turned, until)
  document.addEventListener('timeupdate', watched, { capture: true, ...until })
  return () => ends.abort()
}

const topOfText = () => document.querySelector('article')?.getBoundingClientRect().top ?? -scrollY
