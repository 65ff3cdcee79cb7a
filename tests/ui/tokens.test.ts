import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const folder = path.resolve(import.meta.dirname, '../../src/ui')
const tokens = readFileSync(path.join(folder, 'tokens.css'), 'utf8')
const sheets = readdirSync(folder)
  .filter((name) => name.endsWith('.css'))
  .map((name) => readFileSync(path.join(folder, name), 'utf8'))

/** The variables of the first block behind this selector. */
function blockOf(selector: string): Record<string, string> {
  const from = tokens.indexOf(`${selector} {`)
  const body = tokens.slice(from, tokens.indexOf('}', from))
  return Object.fromEntries(
    [...body.matchAll(/(--[\w-]+): (#[0-9a-f]{3,6});/g)].map(([, name, value]) => [name, value]),
  )
}

const light = blockOf(':root')
const elder = { ...light, ...blockOf(":root[data-mode='elder']") }
const dark = blockOf(":root[data-theme='dark']")

/** WCAG 2.2 relative luminance. */
function luminance(colour: string): number {
  const long =
    colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit).join('') : colour.slice(1)
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const share = parseInt(long.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

const texts = ['--ink', '--ink-2', '--ink-3', '--cinnabar', '--celadon', '--ochre']
const faces = ['--paper', '--wall', '--celadon-wash', '--ochre-wash']

test.each([
  ['light', light],
  ['长辈版', elder],
  ['dark', dark],
])('every text can be read on every face: %s', (_name, theme) => {
  const pairs = texts.flatMap((text) => faces.map((face) => [text, face] as const))
  pairs.push(['--on-cinnabar', '--cinnabar-fill'], ['--on-heat-5', '--heat-5'], ['--ink', '--heat-4'])
  for (const [text, face] of pairs) {
    const value = contrast(theme[text] ?? light[text] ?? '', theme[face] ?? '')
    expect(value, `${text} on ${face}`).toBeGreaterThanOrEqual(4.5)
  }
})

test.each([
  ['light', light],
  ['dark', dark],
])('borders of controls and shapes stand out from the wall: %s', (_name, theme) => {
  for (const shape of ['--edge', '--celadon-mid', '--cinnabar', '--silent-1', '--silent-2', '--silent-3']) {
    expect(contrast(theme[shape] ?? '', theme['--paper'] ?? ''), shape).toBeGreaterThanOrEqual(3)
  }
})

test('dark is the same whether the reader chose it or the system did', () => {
  expect(blockOf(":root:not([data-theme='light'])")).toEqual(dark)
})

test('an old desktop (Chrome 99) understands the style sheets', () => {
  const later = /:has\(|color-mix\(|light-dark\(|@container|\d(dvh|svh)|\(width [<>]|@scope|oklch\(/
  for (const sheet of sheets) expect(sheet.replace(/\/\*[^]*?\*\//g, '').match(later)?.[0]).toBeUndefined()
})
