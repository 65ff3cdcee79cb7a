// Answers as teachers write them: letters, 对 and 错, pairs. Full-width signs count as half-width ones.

/** Full-width signs as half-width ones, sign for sign: places in the text stay what they were. */
export const half = (text: string) =>
  text
    .replace(/[\uFF01-\uFF5E]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00A0\t]/g, ' ')

/** Circled digits stand for letters where steps are numbered with them. */
const circled = '①②③④⑤⑥⑦⑧'

/** Places of the letters of an answer, A = 0; null if anything else stands in it. */
export function lettersIn(answer: string): number[] | null {
  const plain = half(answer)
    .toUpperCase()
    .replace(/[\s,、;.。和与及→>\-—–→]+|->/g, '')
  const places = [...plain].map((sign) => {
    const place = circled.indexOf(sign)
    return place >= 0 ? place : /^[A-H]$/.test(sign) ? sign.charCodeAt(0) - 65 : -1
  })
  return places.length > 0 && places.every((place) => place >= 0) ? places : null
}

const yes = /^(?:对|正确|是|√|✓|✔|☑|T|TRUE|YES|Y|R)$/
const no = /^(?:错|错误|不对|不正确|否|×|✗|✘|✕|╳|X|F|FALSE|NO|N|W)$/

/** Whether an answer says 对; null if it says neither. With two options, their letters count too. */
export function truthIn(answer: string, options: readonly string[] = []): boolean | null {
  const plain = half(answer)
    .trim()
    .replace(/[.。;]$/, '')
    .toUpperCase()
  const [place, ...more] = lettersIn(plain) ?? []
  const option = place !== undefined && more.length === 0 ? options[place] : undefined
  if (option !== undefined) return truthIn(option)
  return yes.test(plain) ? true : no.test(plain) ? false : null
}

/** For each left side the place of its right one: 1-C，2-A，3-B; null if one is missing or cannot be read. */
export function pairsIn(
  answer: string,
  { left, options }: { left: readonly string[]; options: readonly string[] },
): number[] | null {
  const pairs = [
    ...half(answer)
      .toUpperCase()
      .matchAll(/(\d+|[①②③④⑤⑥⑦⑧])\s*[)、.]?\s*(?:[-—–:=→]+|配)?\s*([A-H])/g),
  ]
  const found = new Map(
    pairs.map(([, number = '', letter = '']) => {
      const circle = circled.indexOf(number)
      return [circle >= 0 ? circle : Number(number) - 1, letter.charCodeAt(0) - 65]
    }),
  )
  const places = left.map((_, i) => found.get(i) ?? -1)
  const sound = left.length > 0 && found.size === left.length && pairs.length === left.length
  return sound && places.every((place) => place >= 0 && place < options.length) ? places : null
}
