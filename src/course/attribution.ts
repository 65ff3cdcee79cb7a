// How sure we are that the words are from the work they are said to be from: always a shape and a word.
import { z } from 'astro/zod'

/** certain 出处可靠, traditional 相传如此, doubtful 作者存疑, legend 民间传说. */
export const Attribution = z.enum(['certain', 'traditional', 'doubtful', 'legend'])
export type Attribution = z.infer<typeof Attribution>
