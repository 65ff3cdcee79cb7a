// What villagers are asked of their village: whether what it makes public can be understood.

/** `page` is what a screen rates; the server keeps it with the unit of the screen. */
export const openness = {
  page: '/hall',
  title: '村务公开看得懂吗',
  /** What the five stars mean here, from one on. */
  words: ['看不懂', '不大看得懂', '看得懂一些', '看得懂', '一看就懂'],
} as const

/** Under which page remarks of a unit's hall are kept. */
export const hallPage = (unitId: string) => `/hall/${unitId}`
