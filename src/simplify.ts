// One character for another, so that 家風 and 家风 are the same word. Only OpenCC's table of characters is loaded
// (10 KB compressed, against 100 KB and more for its phrases): phrases would make the same two characters differ from
// sentence to sentence, and then a part of a text would no longer be found in it.
import pairs from 'opencc-js/dict/TSCharacters'

/** What Taiwan and Hong Kong write, and what is one character here and two there. */
const variants = '著 着|衞 卫|覆 复|藉 借|馀 余'

/** Without the rare ones that take two places, so that a text keeps its length. */
const table = new Map(
  `${pairs}|${variants}`
    .split('|')
    .map((pair) => pair.split(' ') as [string, string])
    .filter(([from, to]) => from.length === 1 && to.length === 1),
)
const traditional = new RegExp(`[${[...table.keys()].join('')}]`, 'g')

/** The text with every traditional character as its simplified one; no longer and no shorter. */
export function simplify(text: string): string {
  return text.replace(traditional, (letter) => table.get(letter) ?? letter)
}
