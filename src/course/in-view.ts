// Looks at the page as its reader does: how much text is in view, and whether something is heard.
import type { View } from '#course/presence.ts'

const blocks = 'p, li, h1, h2, h3, h4, td, th, figcaption, dt, dd, legend, label'

/** Characters in view; of a block that is half in view, half. Tables and lists count once. */
export function charactersInView(): number {
  const seen = [...document.querySelectorAll(`main :is(${blocks})`)].filter(
    (block) => !block.querySelector(blocks),
  )
  return seen.reduce((sum, block) => {
    const { top, bottom, height } = block.getBoundingClientRect()
    const visible = Math.min(bottom, innerHeight) - Math.max(top, 0)
    return visible > 0 && height > 0 ? sum + ((block.textContent ?? '').length * visible) / height : sum
  }, 0)
}

/** Whether the page is in view, and whether a recording, a film or a voice of the device runs in it. */
export function viewNow(): View {
  const media = [...document.querySelectorAll<HTMLMediaElement>('audio, video')]
  const voice = 'speechSynthesis' in window && speechSynthesis.speaking && !speechSynthesis.paused
  return {
    visible: document.visibilityState === 'visible',
    playing: voice || media.some(({ paused, ended }) => !paused && !ended),
  }
}
