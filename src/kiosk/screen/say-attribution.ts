// How sure it is where words come from, as shape and word.
import { attributionNames } from '#ui/attribution-names.ts'

const shapes: Record<string, string> = { certain: '●', traditional: '◐', doubtful: '○', legend: '△' }

/** `● 出处可靠`. */
export function sayAttribution(attribution: string): string {
  const names: Record<string, string> = attributionNames
  return `${shapes[attribution] ?? ''} ${names[attribution] ?? ''}`.trim()
}
