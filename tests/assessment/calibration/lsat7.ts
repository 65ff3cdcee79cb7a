// LSAT section 7: five items, 1,000 people (Bock & Lieberman 1970, Psychometrika 35, 179–197), as how many people gave
// each pattern of wrong (0) and right (1) answers.
const frequencies: Record<string, number> = {
  ...{ '00000': 12, '00001': 19, '00010': 1, '00011': 7, '00100': 3, '00101': 19, '00110': 3, '00111': 17 },
  ...{ '01000': 10, '01001': 5, '01010': 3, '01011': 7, '01100': 7, '01101': 23, '01110': 8, '01111': 28 },
  ...{
    '10000': 7,
    '10001': 39,
    '10010': 11,
    '10011': 34,
    '10100': 14,
    '10101': 51,
    '10110': 15,
    '10111': 90,
  },
  ...{
    '11000': 6,
    '11001': 25,
    '11010': 7,
    '11011': 35,
    '11100': 18,
    '11101': 136,
    '11110': 32,
    '11111': 308,
  },
}

/** One row a person. */
export const lsat7: number[][] = Object.entries(frequencies).flatMap(([pattern, people]) =>
  Array.from({ length: people }, () => [...pattern].map(Number)),
)
