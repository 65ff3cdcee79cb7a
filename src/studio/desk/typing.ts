// Whether somebody is in the middle of a word: the editors tell of it a moment later, and of letters that an input method
// has not chosen yet only once they are.

const signs = ['keydown', 'paste', 'drop', 'compositionstart', 'compositionend']
/** Milliseconds after the last key in which something may not have been told yet. */
const quiet = 2000

/** Watches the page until `stop` is called. `now`: ms since 1970. */
export function watchTyping(now: () => number) {
  let last = 0
  let composing = false
  const note = ({ type }: Event) => {
    last = now()
    composing = type === 'compositionstart' || (composing && type !== 'compositionend')
  }
  for (const sign of signs) addEventListener(sign, note, true)
  return {
    isTyping: () => composing || now() - last < quiet,
    stop: () => signs.forEach((sign) => removeEventListener(sign, note, true)),
  }
}
