// Addresses that somebody typed as plain words. Markdown would make links of them by itself, and take the Chinese words
// that follow for a part of the address; so they are made links here, or code where they may not be one.
import type { Run } from '#course/marks.ts'
import { checkLink } from '#course/check-link.ts'

// What Markdown takes for an address, ended where Chinese or brackets begin.
const typed =
  /(?<![a-z0-9])(?:https?:\/\/|www(?=\.))[-.\w]+[-\w.~:/?#@!$&'()*+,;=%]*|[-.\w+]+@[-\w]+(?:\.[-\w]+)+/gi

export function linkTyped(run: Run): Run[] {
  const { leaf, marks } = run
  if (leaf.type !== 'text' || marks.some(({ type }) => type === 'link')) return [run]
  const runs: Run[] = []
  const add = (value: string) => value !== '' && runs.push({ leaf: { type: 'text', value }, marks })
  let from = 0
  for (const { 0: found, index } of leaf.value.matchAll(typed)) {
    const address = found.replace(/[.,;:!?'*~)]+$/, '')
    const rest = found.slice(address.length)
    add(leaf.value.slice(from, index))
    runs.push(told(address, marks))
    add(rest)
    from = index + found.length
  }
  add(leaf.value.slice(from))
  return runs
}

function told(address: string, marks: Run['marks']): Run {
  const url = /^www/i.test(address) ? `http://${address}` : address
  return /^https?:/i.test(url) && checkLink(url) === null
    ? { leaf: { type: 'text', value: address }, marks: [...marks, { type: 'link', url, title: null }] }
    : { leaf: { type: 'inlineCode', value: address }, marks }
}
