// Hands a told story to the journal: the story first, then its voice in parts, each sealed by itself.
import type { Device } from '#kiosk/screen/screen.ts'
import { consentVersion } from '#kiosk/visitor/consent.ts'
import { cutVoice } from '#kiosk/visitor/voice.ts'

/** What somebody told: written, or spoken. */
export type Telling = {
  title: string
  /** Empty for nobody. */
  teller: string
  text: string
  voice: { blob: Blob; seconds: number } | null
}

/** @returns the id of the story. @throws where the machine has no room: then it is not whole, and is never shown. */
export async function keepTelling(keep: Device['keep'], telling: Telling): Promise<string> {
  const { voice, ...said } = telling
  const parts = voice ? cutVoice(new Uint8Array(await voice.blob.arrayBuffer())) : []
  const story = await keep({
    ...{ kind: 'story-told', ...said, consent: consentVersion },
    voice: voice && { type: voice.blob.type, parts: parts.length, seconds: voice.seconds },
  })
  for (const [part, bytes] of parts.entries()) await keep({ kind: 'voice-part', story, part, bytes })
  return story
}
