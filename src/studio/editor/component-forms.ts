// The form by which a component is put into a text, made from its schema: what the door asks, the form asks.
import { z } from 'astro/zod'
import { attributionNames } from '#ui/attribution-names.ts'
import { componentNames, componentShape, type Children } from '#course/components.ts'
import { extensionOf } from '#course/media.ts'

/** One field of a form. */
export type ComponentField = {
  name: string
  label: string
  help: string
  required: boolean
  /** Letters at most; null where there is no bound. */
  most: number | null
  /** A closed choice. */
  options: { value: string; text: string }[]
  /** It names a file beside the text: what a file dialog accepts. */
  accept: string | null
  /** It is long enough for more than one line. */
  long: boolean
}

export type ComponentForm = {
  name: string
  label: string
  help: string
  children: Children
  fields: ComponentField[]
}

type Words = { label: string; help: string; fields: Record<string, [label: string, help: string]> }

const words: Record<string, Words> = {
  Quiz: {
    ...{ label: '检查题', help: '一道题放在它问的那段话后面' },
    fields: { item: ['题目代号', '在“检查题”里写好题，会自己放进来'] },
  },
  Note: {
    ...{ label: '提示框', help: '要读者特别留意的一段话' },
    fields: { title: ['小标题', '例如：时代局限'] },
  },
  Quote: {
    ...{ label: '引文', help: '古文或原话，每个停顿一行' },
    fields: {
      work: ['出自哪里', '带书名号，例如：《后汉书·杨震列传》'],
      attribution: ['有多可靠', '说不准就选“相传如此”或“作者存疑”'],
      variants: ['别的写法', '哪本书里作什么字'],
      pinyin: ['拼音', '照着一句一句注'],
      translation: ['白话', '用今天的话说一遍'],
    },
  },
  Timeline: {
    ...{ label: '时间线', help: '一条一条，每条以年份开头；年份加粗' },
    fields: {},
  },
  Figure: {
    ...{ label: '大图', help: '占一整行的图，下面可以写一句话' },
    fields: {
      src: ['图片', 'JPG、PNG 或 WebP'],
      alt: ['图上有什么', '给看不见图的人听'],
      caption: ['图下面的话', '可以不写'],
    },
  },
  Audio: {
    ...{ label: '录音', help: '可以听，也可以看文字' },
    fields: {
      src: ['录音文件', 'MP3、M4A 或手机录的'],
      title: ['题目', '录的是什么'],
      seconds: ['长度（秒）', '选了文件会自己填'],
      transcript: ['说的话', '给听不见的人看，一字不落'],
    },
  },
  Video: {
    ...{ label: '录像', help: '要有字幕' },
    fields: {
      src: ['录像文件', 'MP4 或 WebM，最大500 MB'],
      title: ['题目', '录的是什么'],
      seconds: ['长度（秒）', '选了文件会自己填'],
      captions: ['字幕文件', '.vtt 文件'],
    },
  },
  Attachment: {
    ...{ label: '附件', help: '给读者下载的文件' },
    fields: { src: ['文件', 'PDF 或 PPT（.pptx）'], title: ['题目', '文件里是什么'] },
  },
  Flow: {
    ...{ label: '流程', help: '一步一步，先后有序' },
    fields: { title: ['办什么事', '例如：低保申请'] },
  },
  Reflect: {
    ...{ label: '思考题', help: '没有标准答案，读者自己想' },
    fields: { prompt: ['问题', '下面可以写几句提示'] },
  },
  Terms: {
    ...{ label: '术语', help: '一条一条，每条以加粗的词开头' },
    fields: {},
  },
}

/** Letters above which a field gets more than one line. */
const longField = 200

/** A form for each component, in the order in which they are offered. */
export function componentForms(): ComponentForm[] {
  return componentNames.map((name) => {
    const shape = componentShape(name)
    const { label, help, fields } = words[name] ?? { label: name, help: '', fields: {} }
    const schema = z.toJSONSchema(shape?.props ?? z.object({}), { unrepresentable: 'any' }) as Schema
    const own = Object.entries(schema.properties ?? {}).map(([prop, of]) =>
      fieldOf(prop, of, {
        words: fields[prop] ?? [prop, ''],
        required: schema.required?.includes(prop) ?? false,
        example: shape?.media.includes(prop) ? shape.example : null,
      }),
    )
    return { name, label, help, children: shape?.children ?? 'nothing', fields: own }
  })
}

type Property = { maxLength?: number; enum?: string[] }
type Schema = { properties?: Record<string, Property>; required?: string[] }

function fieldOf(
  name: string,
  { maxLength, enum: values = [] }: Property,
  {
    words: [label, help],
    required,
    example,
  }: { words: [string, string]; required: boolean; example: string | null },
): ComponentField {
  return {
    ...{ name, label, help, required, most: maxLength ?? null },
    options: values.map((value) => ({
      value,
      text: (attributionNames as Record<string, string>)[value] ?? value,
    })),
    accept: example === null ? null : accepted(name, example),
    long: (maxLength ?? 0) > longField,
  }
}

const kinds: [RegExp, string][] = [
  [/^(png|jpg|webp|svg)$/, 'image/jpeg,image/png,image/webp'],
  [/^(mp3|m4a)$/, 'audio/*'],
  [/^(mp4|webm)$/, 'video/mp4,video/webm'],
  [/^vtt$/, '.vtt'],
]

/** By the file that the example of the component names. */
function accepted(prop: string, example: string): string {
  const named = new RegExp(`${prop}="([^"]+)"`).exec(example)?.[1] ?? ''
  return kinds.find(([ending]) => ending.test(extensionOf(named)))?.[1] ?? '.pdf,.pptx'
}
