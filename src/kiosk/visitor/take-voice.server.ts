// Takes the recording of a story as the studio takes sound: looked at by its bytes, kept under their hash.
import { audioExtensions, isFileName } from '#course/media.ts'
import { settings } from '#env.ts'
import { dropVoice } from '#kiosk/visitor/drop-voice.server.ts'
import { longestTaken } from '#kiosk/visitor/voice.ts'
import { Refusal } from '#refusal.ts'
import { nameFor } from '#studio/files/narration.ts'
import { takeFile } from '#studio/files/take-file.server.ts'

/** `stored` is `<hash>.<extension>` in DATA_DIR/media; whole seconds. */
export type Voice = { stored: string; seconds: number }

/**
 * @param said what the screen says of it; nothing is believed but the seconds where the file says none.
 * @returns `unreadable` if it is no sound, or too long.
 * @throws Refusal `busy` if the disk is full.
 */
export async function takeVoice(
  bytes: Uint8Array,
  said: { type: string; seconds: number },
): Promise<Voice | 'unreadable'> {
  const sent = { name: nameFor(said.type), stream: inOne(bytes), bytes: bytes.length, seconds: said.seconds }
  const taken = await takeFile(settings.dataDir, sent).catch((error: unknown) => {
    if (error instanceof Refusal && error.kind !== 'busy') return null
    throw error
  })
  if (!taken) return 'unreadable'
  const { stored, seconds } = taken
  const isSound = isFileName(stored, audioExtensions)
  if (isSound && seconds !== undefined && seconds <= longestTaken) return { stored, seconds }
  await dropVoice(settings.dataDir, stored)
  return 'unreadable'
}

async function* inOne(bytes: Uint8Array) {
  yield bytes
}
