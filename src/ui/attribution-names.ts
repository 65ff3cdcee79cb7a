// How sure it is where words come from, as people read it.
export const attributionNames = {
  certain: '出处可靠',
  traditional: '相传如此',
  doubtful: '作者存疑',
  legend: '民间传说',
} as const
