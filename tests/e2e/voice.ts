// The browser of the tests has no voice of its own, so one is put in its place that notes what it is asked to say.
import type { Page } from '@playwright/test'

/** A device with one voice for `lang`, which takes a moment for a sentence. */
export async function withVoice(page: Page, lang: string) {
  await page.addInitScript((lang) => {
    const said: string[] = []
    const voice = { lang, localService: true, name: 'test', default: true, voiceURI: 'test' }
    let timer: ReturnType<typeof setTimeout> | undefined
    const synthesis = {
      getVoices: () => [voice],
      speak: (utterance: { text: string; onend: () => void }) => {
        said.push(utterance.text)
        timer = setTimeout(() => utterance.onend(), 150)
      },
      cancel: () => clearTimeout(timer),
    }
    Object.defineProperty(window, 'speechSynthesis', { value: synthesis })
    Object.defineProperty(window, 'SpeechSynthesisUtterance', {
      value: class {
        text: string
        constructor(text: string) {
          this.text = text
        }
      },
    })
    Object.assign(window, { said })
  }, lang)
}

/** What it was asked to say. */
export const said = (page: Page) => page.evaluate(() => (window as unknown as { said: string[] }).said)
