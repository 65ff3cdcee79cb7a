// What is found in a file of items, before anybody has looked at it: item by item, with what is wrong in Chinese.

/** What is wrong with an item, and how to mend it. Both are read by people. */
export type Fault = { message: string; mend: string }

/** An item as it stood, to be mended by hand: in the format of pasted papers, or as YAML. */
export type Written = { as: 'text' | 'yaml'; text: string }

/** An item as it was read; `draft` has the fields of an Item as far as they were understood. */
export type FoundItem = {
  type: 'item'
  /** Where it stands, in Chinese: 第12行，第3题. */
  place: string
  draft: Record<string, unknown>
  faults: Fault[]
  /** What was understood otherwise than it was meant, in Chinese: no reason not to enter it. */
  notes?: string[]
  written: Written
}

/** Something that was taken for no item. */
export type PassedOver = { type: 'passed-over'; place: string; text: string }

export type Found = FoundItem | PassedOver

/** At most so many items are looked at together. */
export const mostItems = 500

export const fault = (message: string, mend: string): Fault => ({ message, mend })
