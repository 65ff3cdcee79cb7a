// fill-in 填空: write the word that belongs in the one ____ of the stem. 0 or 1 against a list of accepted forms.
import { z } from 'astro/zod'
import { defineKind, everyItem, everyQuestion, graded, incomplete, seen, texts } from '#quiz/kinds/kind.ts'
import { fold } from '#quiz/kinds/fill-in/fold.ts'

const longest = 500

const item = z
  .strictObject({
    ...everyItem,
    kind: z.literal('fill-in'),
    key: z.strictObject({
      /** Every wording that is right; what fold.ts makes alike needs no forms of its own. */
      accept: z
        .array(z.string().refine((form) => fold(form) !== '', '答案里要有字，不能只有标点或空格'))
        .min(1, 'accept 至少写一种答案'),
    }),
  })
  .refine(({ stem }) => stem.split(/_{4,}/).length === 2, {
    path: ['stem'],
    error: '题干里要有且只有一处 ____',
  })

export const fillIn = defineKind({
  name: '填空题',
  asks: '填一填',
  item,
  question: z.strictObject({ ...everyQuestion, kind: z.literal('fill-in') }),
  answer: z.strictObject({
    kind: z.literal('fill-in'),
    /** Exactly what was typed. */
    text: z.string().max(longest),
  }),
  publicHalf: (item) => ({ ...seen(item), kind: item.kind }),
  printed: () => [],
  parseAnswer(form) {
    const text = texts(form, 'text')[0] ?? ''
    return text.length > longest
      ? incomplete(`答案太长，请控制在${longest}字以内`)
      : { kind: 'fill-in' as const, text }
  },
  fields: ({ text }) => [['text', text]],
  grade({ key }, { text }) {
    const answer = fold(text)
    if (answer === '') return incomplete('空格还没有填，请写上答案')
    return graded(key.accept.some((form) => fold(form) === answer) ? 1 : 0, 1)
  },
  // A word is not hit by chance.
  guessing: () => 0,
  blind: () => ({ kind: 'fill-in' as const, text: '不知道' }),
  keyboard: true,
  right: ({ key }) => ({ kind: 'fill-in' as const, text: key.accept[0] ?? '' }),
  say: (_, { text }) => text,
})
