// What a file that arrived really is, whatever it is called.
import { readFile } from 'node:fs/promises'
import { mediaTypes } from '#course/media.ts'
import type { Refusal } from '#refusal.ts'
import { lookInto, type FileBytes } from '#studio/files/file-bytes.server.ts'
import { notTaken, notWhatItSays, tooLarge, type Family } from '#studio/files/file-kinds.ts'
import { readMp3 } from '#studio/files/read-mp3.ts'
import { readMp4 } from '#studio/files/read-mp4.ts'
import { readPptx } from '#studio/files/read-pptx.server.ts'
import { readWebm } from '#studio/files/read-webm.ts'
import type { Recording } from '#studio/files/recording.ts'

/** The extension that its content deserves; seconds for sound and film, where the file says them. */
export type Contents = { extension: string; seconds?: number | null }

/** Looks at a file that is no picture. @throws Refusal */
export async function contentsOf(
  path: string,
  name: string,
  family: Exclude<Family, 'picture'>,
): Promise<Contents> {
  if (family === 'mp3') return recording(readMp3(await readFile(path)), name, 'mp3', 'mp3')
  if (family === 'vtt') return captions(await readFile(path), name)
  return lookInto(path, async (file) => {
    if (family === 'mp4') return recording(await readMp4(file), name, 'm4a', 'mp4')
    if (family === 'webm') return recording(await readWebm(file), name, 'weba', 'webm')
    const fault = family === 'pdf' ? await pdfFault(file, name) : await pptxFault(file, name)
    if (fault) throw fault
    return { extension: family }
  })
}

function recording(found: Recording | null, name: string, sound: string, film: string): Contents {
  if (!found || !(found.sound || found.film)) throw notWhatItSays(name)
  return { extension: found.film ? film : sound, seconds: found.seconds }
}

/** Sound that came under the name of a film may be no larger than other sound. @throws Refusal */
export function requireSize(name: string, extension: string, bytes: number) {
  if (bytes > (mediaTypes[extension]?.most ?? 0)) throw tooLarge(name, extension)
}

function captions(bytes: Buffer, name: string): Contents {
  const text = new TextDecoder('utf-8').decode(bytes)
  if (!mediaTypes['vtt']?.begins?.(bytes)) throw notWhatItSays(name)
  if (text.includes('\u0000') || text.includes('\uFFFD'))
    throw notTaken(name, '字幕不是UTF-8编码的文字。请用UTF-8编码另存为 .vtt 再传。')
  return { extension: 'vtt' }
}

/** Behind the mark at its end people's programs sometimes write more. */
const pdfTail = 64 * 1024

async function pdfFault(file: FileBytes, name: string): Promise<Refusal | null> {
  const head = await file.read(0, 16)
  const tail = await file.read(Math.max(0, file.size - pdfTail), pdfTail)
  const whole = mediaTypes['pdf']?.begins?.(head) && tail.includes('%%EOF')
  return whole ? null : notWhatItSays(name)
}

const oldOffice = Buffer.from('d0cf11e0', 'hex')

async function pptxFault(file: FileBytes, name: string): Promise<Refusal | null> {
  const head = await file.read(0, 16)
  if (head.subarray(0, 4).equals(oldOffice))
    return notTaken(name, '这是旧格式的PPT，或者加了密码。请去掉密码，另存为 .pptx 或 PDF 再传。')
  const found = mediaTypes['pptx']?.begins?.(head) ? await readPptx(file) : 'torn'
  if (found === 'slides') return null
  if (found === 'macros') return notTaken(name, 'PPT里带着宏，宏里可以藏程序。请另存为 .pptx 或 PDF 再传。')
  return notWhatItSays(name)
}
