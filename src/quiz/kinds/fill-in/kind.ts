// fill-in 填空: write the word that belongs in the one ____ of the stem. 0 or 1 against a list of accepted forms.
import { z } from 'astro/zod'
import { defineKind, everyItem, everyQuestion, graded, incomplete, seen, texts } from '#quiz/kinds/kind.ts'

const longest = 500

/**
 * The form in which two texts are compared: NFKC (so full and half width are one), lower case, without spaces and
 * punctuation. Between two digits a point, colon or dash stays, since 3.5 is not 35 and 3—5 is neither.
 */
export const fold = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?<=\d)[\p{Pd}~]+(?=\d)/gu, '-')
    .replace(/(?<=\d)([.:-])(?=\d)|[\p{P}\p{Z}\p{C}\s~]/gu, '$1')
    .normalize('NFKC')

const item = z
  .strictObject({
    ...everyItem,
    kind: z.literal('fill-in'),
    key: z.strictObject({
      /** Every wording that is right; width, case, spaces and punctuation need no forms of their own. */
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
  item,
  question: z.strictObject({ ...everyQuestion, kind: z.literal('fill-in') }),
  answer: z.strictObject({
    kind: z.literal('fill-in'),
    /** Exactly what was typed. */
    text: z.string().max(longest),
  }),
  publicHalf: (item) => ({ ...seen(item), kind: item.kind }),
  parseAnswer(form) {
    const text = texts(form, 'text')[0] ?? ''
    return text.length > longest
      ? incomplete(`答案太长，请控制在${longest}字以内`)
      : { kind: 'fill-in' as const, text }
  },
  grade({ key }, { text }) {
    const answer = fold(text)
    if (answer === '') return incomplete('空格还没有填，请写上答案')
    return graded(key.accept.some((form) => fold(form) === answer) ? 1 : 0, 1)
  },
  // A word is not hit by chance.
  guessing: () => 0,
  right: ({ key }) => ({ kind: 'fill-in' as const, text: key.accept[0] ?? '' }),
  say: (_, { text }) => text,
})
