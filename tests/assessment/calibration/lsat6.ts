// LSAT section 6: five items, 1,000 people (Bock & Lieberman 1970, Psychometrika 35, 179–197), as how many people gave
// each pattern of wrong (0) and right (1) answers.
const frequencies: Record<string, number> = {
  ...{ '00000': 3, '00001': 6, '00010': 2, '00011': 11, '00100': 1, '00101': 1, '00110': 3, '00111': 4 },
  ...{ '01000': 1, '01001': 8, '01010': 0, '01011': 16, '01100': 0, '01101': 3, '01110': 2, '01111': 15 },
  ...{
    '10000': 10,
    '10001': 29,
    '10010': 14,
    '10011': 81,
    '10100': 3,
    '10101': 28,
    '10110': 15,
    '10111': 80,
  },
  ...{
    '11000': 16,
    '11001': 56,
    '11010': 21,
    '11011': 173,
    '11100': 11,
    '11101': 61,
    '11110': 28,
    '11111': 298,
  },
}

/** One row a person. */
export const lsat6: number[][] = Object.entries(frequencies).flatMap(([pattern, people]) =>
  Array.from({ length: people }, () => [...pattern].map(Number)),
)
