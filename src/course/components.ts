// The closed list of components that a lesson may use. Nothing else exists; every prop is literal text.
import { z } from 'astro/zod'
import { Attribution } from '#course/attribution.ts'
import {
  attachmentExtensions,
  audioExtensions,
  imageExtensions,
  isFileName,
  videoExtensions,
} from '#course/media.ts'

/**
 * What may stand between the tags: nothing; Markdown blocks (and other components); paragraphs of plain text;
 * one bullet list whose items begin with a bold word; one numbered list.
 */
export type Children = 'nothing' | 'blocks' | 'words' | 'bold-list' | 'steps'

/** How one component is written. */
export type ComponentShape = {
  props: z.ZodObject<Record<string, z.ZodType>>
  children: Children
  /** Stands alone between paragraphs, never inside a sentence. All of ours do. */
  block: true
  /** May also stand inside a component whose children are blocks. */
  nests: boolean
  /** Props that name files beside the lesson. */
  media: readonly string[]
  /** Props that readers read: counted as text, and a passage may quote them. */
  read: readonly string[]
  /** How it is written, shown when it is written wrongly. */
  example: string
}

const words = (most: number) => z.string().trim().min(1).max(most)
const file = (extensions: readonly string[]) =>
  z.string().refine((name) => isFileName(name, extensions), {
    error: `写课文旁边的文件名，不带路径，以 ${extensions.map((each) => `.${each}`).join('、')} 结尾。`,
  })
/** Length of a recording in whole seconds: counted into the lesson's minutes, and bounds the spans watched. */
const seconds = z.string().regex(/^[1-9][0-9]{0,4}$/, { error: '写时长的秒数，如 seconds="95"。' })

const shapes = {
  Quiz: {
    props: z.strictObject({
      /** Id of an item in items.yaml beside the lesson. */
      item: z
        .string()
        .regex(/^itm-[a-z0-9][a-z0-9-]{0,60}$/, { error: '写 items.yaml 里的题目代号，如 itm-sizhi-1。' }),
    }),
    children: 'nothing',
    nests: false,
    example: '<Quiz item="itm-sizhi-1" />',
  },
  Note: {
    props: z.strictObject({ title: words(60) }),
    children: 'blocks',
    read: ['title'],
    example: '<Note title="时代局限">……</Note>',
  },
  Quote: {
    props: z.strictObject({
      /** The work, with title marks. */
      work: words(120),
      attribution: Attribution,
      /** Other readings, and where they stand. */
      variants: words(500).optional(),
      pinyin: words(1000).optional(),
      /** The same in today's Chinese. */
      translation: words(1000).optional(),
    }),
    children: 'words',
    read: ['work', 'variants', 'translation'],
    example: '<Quote work="《后汉书·杨震列传》" attribution="certain">天知，神知，我知，子知。</Quote>',
  },
  Timeline: {
    props: z.strictObject({}),
    children: 'bold-list',
    example: '<Timeline> 换行 - **1926年** …… 换行 </Timeline>',
  },
  Figure: {
    props: z.strictObject({
      src: file(imageExtensions),
      /** What the picture shows, for those who do not see it. */
      alt: words(300),
      caption: words(300).optional(),
    }),
    children: 'nothing',
    media: ['src'],
    read: ['caption'],
    example: '<Figure src="lane.svg" alt="一条窄巷" caption="……" />',
  },
  Audio: {
    props: z.strictObject({
      src: file(audioExtensions),
      title: words(120),
      seconds,
      /** The words that are heard. */
      transcript: words(8000),
    }),
    children: 'nothing',
    media: ['src'],
    read: ['title', 'transcript'],
    example: '<Audio src="a.mp3" title="……" seconds="95" transcript="……" />',
  },
  Video: {
    props: z.strictObject({
      src: file(videoExtensions),
      title: words(120),
      seconds,
      /** Captions in WebVTT. */
      captions: file(['vtt']),
    }),
    children: 'nothing',
    media: ['src', 'captions'],
    read: ['title'],
    example: '<Video src="a.mp4" title="……" seconds="180" captions="a.vtt" />',
  },
  Attachment: {
    props: z.strictObject({ src: file(attachmentExtensions), title: words(120) }),
    children: 'nothing',
    media: ['src'],
    read: ['title'],
    example: '<Attachment src="form.pdf" title="登记表" />',
  },
  Flow: {
    props: z.strictObject({ title: words(120) }),
    children: 'steps',
    read: ['title'],
    example: '<Flow title="……"> 换行 1. …… 换行 </Flow>',
  },
  Reflect: {
    props: z.strictObject({ prompt: words(300) }),
    children: 'blocks',
    read: ['prompt'],
    example: '<Reflect prompt="……">……</Reflect>',
  },
  Terms: {
    props: z.strictObject({}),
    children: 'bold-list',
    example: '<Terms> 换行 - **慎独** …… 换行 </Terms>',
  },
} satisfies Record<string, Partial<ComponentShape> & Pick<ComponentShape, 'props' | 'children' | 'example'>>

/** Names of all components. */
export type ComponentName = keyof typeof shapes

export const componentNames: readonly string[] = Object.keys(shapes)

/** The shape of a component, or null if there is none of that name; names of an object's prototype are none. */
export function componentShape(name: string | null): ComponentShape | null {
  if (name === null || !Object.hasOwn(shapes, name)) return null
  return { block: true, nests: true, media: [], read: [], ...shapes[name as ComponentName] }
}

/** The element that stands for a component in the drawn tree, e.g. `x-quote`. */
export function elementName(name: string): string {
  return `x-${name.toLowerCase()}`
}
