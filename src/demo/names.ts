// Names of people who do not exist: common surnames with given names from fields, seasons and water.
import { randomFor, shuffled } from '#demo/random.ts'

const surnames = [
  ...'王张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余',
]

const givenNames = [
  ...['小满', '谷雨', '青禾', '竹青', '秋石', '冬青', '新禾', '满仓', '有田', '来福', '石根', '柏松'],
  ...['槐生', '大川', '远山', '河清', '长顺', '守正', '平安', '向阳', '水莲', '云霞', '月桂', '秋萍'],
  ...['春燕', '桂香', '晓禾', '雪梅', '巧云', '玉兰', '采薇', '荷花', '银杏', '杏芳', '柳叶', '梅生'],
]

/** So many different names, the same every time. @throws Error if there are not as many. */
export function inventNames(count: number): string[] {
  const random = randomFor('names')
  const first = shuffled(random, surnames)
  const second = shuffled(random, givenNames)
  if (count > first.length * second.length) throw new Error('There are not so many names.')
  // Both lists turn, and one is moved on after each round, so that no pair comes twice.
  return Array.from({ length: count }, (_, i) => {
    const round = Math.floor(i / first.length)
    return `${first[i % first.length]}${second[(i + round) % second.length]}`
  })
}
