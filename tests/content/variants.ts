// Words that content names as doubtful, as another reading, or as wrong on purpose, and why they may stand there. Each
// must be said to be so in the text itself. What is quoted as genuine belongs in quotations.ts.

export const variants: { words: string; why: string }[] = [
  { words: '千锤万凿', why: '石灰吟: wording varies, attribution to 于谦 doubtful (domain.md §3.3, 44)' },
  { words: '千锤万击', why: '石灰吟: the other reading of the same words (44)' },
  { words: '粉骨碎身全', why: '石灰吟: wording varies (44)' },
  { words: '粉身碎骨浑', why: '石灰吟: the other reading of the same words (44)' },
  {
    words: '两袖清风',
    why: 'poem given to 于谦 and others; the lesson says that it does not quote it (44, 55)',
  },
  { words: '千里修书', why: '六尺巷 poem: not in the works of 张英, wording varies (51)' },
  { words: '一纸书来', why: '六尺巷 poem: the other reading (51)' },
  { words: '万里长城', why: '六尺巷 poem: wording varies (51)' },
  { words: '长城万里', why: '六尺巷 poem: the other reading (51)' },
  { words: '报国忠廉节，传家孝义纯', why: 'a 周氏 family rule for which no source was found; shown as such' },
  {
    words: '包大丞括',
    why: 'title of the bamboo poem with 中 left out; named as a mistake of copyists (52)',
  },
  { words: '一百七十三位官员', why: 'a modern summary about 郑义门, told as 相传 (43)' },
  { words: '看白戏', why: 'a story about 焦裕禄 whose source is still to be checked; named, not told (59)' },
  { words: '一个红薯', why: 'earliest form of the discipline by recollection, no document of 1928 (56)' },
  {
    words: '天知，地知，我知，子知',
    why: 'an invented board that names 后汉书 over the words of 资治通鉴 (9)',
  },
  { words: '清贫，清白朴素的生活', why: 'an invented board with a wrong character, to be corrected (57)' },
  {
    words: '据《后汉书》，刘宠一枚钱也没有收，全投进了河里。',
    why: 'an invented board with the later legend; the item says that it is false (13)',
  },
  {
    words: '1928年4月，在沙田颁布三大纪律八项注意',
    why: 'an invented board, wrong on purpose: six points in 1928 (56)',
  },
  {
    words: '1928年4月3日，在桂东沙田颁布三大纪律八项注意',
    why: 'an invented board, wrong on purpose: six points in 1928 (56)',
  },
]
