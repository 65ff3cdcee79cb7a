// All of a pack beside its program: contents, search, texts with and without sounds, media.
import { setImmediate } from 'node:timers/promises'
import { extensionOf, mediaTypes } from '#course/media.ts'
import { asJson, type Made } from '#kiosk/pack/made.ts'
import type { Playlist } from '#kiosk/pack/playlist.ts'
import { gameAddress, outlineAddress, partAddress, type Outline, type StoryPart } from '#kiosk/pack/parts.ts'
import { mediaIn, withoutMedia } from '#kiosk/pack/text-media.ts'
import { searchFiles } from '#kiosk/pack/search-files.server.ts'
import type { LessonText, StoryText } from '#kiosk/pack/texts.server.ts'
import { withPinyin } from '#kiosk/pack/with-pinyin.ts'
import type { Item } from '#quiz/question.ts'

export type Texts = { stories: StoryText[]; lessons: LessonText[] }

/**
 * Makes what a playlist shows of these texts.
 * @param game items of the quiz game.
 * @param media the files that come along, with their bytes; what texts show beside them is replaced by words.
 */
export async function exhibitsOf(
  { title, slots }: Playlist,
  { stories, lessons }: Texts,
  game: readonly Item[],
  media: ReadonlyMap<string, number>,
): Promise<Made[]> {
  const idsOf = (texts: readonly (StoryText | LessonText)[]) => texts.map(({ shown }) => shown.id)
  const addresses = new Map([...stories, ...lessons].map(({ shown }) => [shown.address, shown.id]))
  const outline: Outline = { title, slots, stories: idsOf(stories), lessons: idsOf(lessons) }
  const made = [
    asJson(outlineAddress, outline),
    asJson(gameAddress, game),
    ...stories.map((story) => asJson(partAddress(story.shown.id), storyPart(story, media))),
    ...lessons.map(({ shown, quotations, items }) =>
      asJson(partAddress(shown.id), { shown, quotations, items }),
    ),
    ...(await searchFiles(addresses)),
  ]
  for (const { html, shown } of [...stories, ...lessons]) {
    const gone = new Set(mediaIn(html).filter((src) => !media.has(src)))
    const text = withoutMedia(html, gone)
    made.push(piece(shown.text, text), piece(shown.pinyin, withPinyin(text)))
    await setImmediate()
  }
  for (const [path, bytes] of media)
    made.push({ path, type: mediaTypes[extensionOf(path)]?.mime ?? 'application/octet-stream', bytes })
  return made
}

const piece = (path: string, text: string): Made => ({
  ...{ path, type: 'text/html; charset=utf-8' },
  body: Buffer.from(text),
})

function storyPart({ shown, quotations }: StoryText, media: ReadonlyMap<string, number>): StoryPart {
  const { picture, recording } = shown
  const own = {
    picture: picture && media.has(picture) ? picture : null,
    recording: recording && media.has(recording.src) ? recording : null,
  }
  return { shown: { ...shown, ...own }, quotations }
}
