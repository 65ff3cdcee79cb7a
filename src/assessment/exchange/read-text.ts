// A text of items, ours or a pasted paper.
import type { Found } from '#assessment/exchange/found.ts'
import { isMarked, readMarked } from '#assessment/exchange/read-marked.ts'
import { readPasted } from '#assessment/exchange/read-pasted.ts'

export const readText = (text: string): Found[] => (isMarked(text) ? readMarked(text) : readPasted(text))
