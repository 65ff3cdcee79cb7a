// The microphone of this device as a recorder that can pause. Only what was heard is counted.
import { nameFor, stopwatch, typeFor, type Narrated } from '#studio/files/narration.ts'

export type Recorder = {
  pause: () => void
  resume: () => void
  /** Seconds heard until now. */
  seconds: () => number
  /** Ends it and gives what was heard. */
  stop: () => Promise<Omit<Narrated, 'marks'>>
  /** Ends it and throws it away. */
  drop: () => void
}

class Trouble extends Error {
  constructor(name: string) {
    super(name)
    this.name = name
  }
}

/** How it is recorded, in one channel: bits per second, and types with the first wanted first. */
export type Sound = { bits: number; types?: readonly string[] }

/** Speech for a lesson: five minutes are under 2 MB. */
const narration: Sound = { bits: 48_000 }

/**
 * Asks for the microphone and begins. @throws an error whose name `sayTrouble` knows.
 * @param lost called when the microphone was taken away; what was heard until then is there.
 */
export async function startRecorder(lost: () => void, sound = narration): Promise<Recorder> {
  if (!window.isSecureContext || !('mediaDevices' in navigator)) throw new Trouble('NotSecure')
  const canRecord = (one: string) => MediaRecorder.isTypeSupported(one)
  const type = 'MediaRecorder' in window ? typeFor(canRecord, sound.types) : null
  if (!type) throw new Trouble('NotSupported')
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } })
  const free = () => stream.getTracks().forEach((track) => track.stop())
  try {
    const recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: sound.bits })
    return await begin(recorder, stream, free, lost)
  } catch (error) {
    free()
    throw error
  }
}

async function begin(recorder: MediaRecorder, stream: MediaStream, free: () => void, lost: () => void) {
  const { mimeType } = recorder
  const clock = stopwatch(() => performance.now())
  const parts: Blob[] = []
  const ended = new Promise<void>((resolve) => (recorder.onstop = () => (clock.stop(), free(), resolve())))
  recorder.ondataavailable = ({ data }) => void (data.size > 0 && parts.push(data))
  recorder.onpause = clock.stop
  recorder.onresume = clock.start
  const started = new Promise((resolve, reject) => {
    recorder.onstart = () => (clock.start(), resolve(undefined))
    recorder.onerror = () => reject(new Trouble('NotReadableError'))
  })
  // In pieces, so that a long recording is not made in one go at its end.
  recorder.start(1000)
  await started
  stream.getTracks().forEach((track) => (track.onended = lost))
  const end = () => void (recorder.state !== 'inactive' && recorder.stop())
  const stop = async () => {
    end()
    await ended
    const blob = new Blob(parts, { type: mimeType.replace(/;.*/, '') })
    return { blob, name: nameFor(mimeType), seconds: clock.seconds() }
  }
  const pause = () => void (recorder.state === 'recording' && recorder.pause())
  const resume = () => void (recorder.state === 'paused' && recorder.resume())
  return { pause, resume, seconds: clock.seconds, stop, drop: () => (end(), free()) }
}
