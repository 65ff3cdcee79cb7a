// What people would ask the exported site, written without looking at its ranking. Beside them stand those of the
// site's own search (tests/search/queries.ts).
import type { Query } from '../search/queries.ts'

const jiafeng = '/courses/jiafeng-jiaxun'
const gushi = '/courses/qinglian-gushi'
const hongse = '/courses/hongse-wenhua'
const quanli = '/courses/cunji-quanli'

export const exportQueries: Query[] = [
  { q: '珍珠', expects: ['/stories/hepu'] },
  { q: '孟尝做了什么官', expects: ['/stories/hepu'] },
  { q: '桑树八百株', expects: ['/stories/sang'] },
  { q: '诸葛亮家里有多少田', expects: ['/stories/sang', `${gushi}/dandang`] },
  { q: '郑板桥画竹', expects: ['/stories/mozhu'] },
  { q: '陆绩搬石头压船', expects: ['/stories/yulinshi'] },
  { q: '张养浩戒贪', expects: ['/stories/yixi'] },
  { q: '父子清廉，儿子说不如父亲', expects: ['/stories/juan'] },
  { q: '浦江郑氏家规', expects: ['/stories/zhengyimen'] },
  { q: '红薯', expects: ['/stories/hongshu', `${hongse}/yizhen-yixian`] },
  { q: '方志敏', expects: ['/stories/qingping', `${hongse}/qingpin`] },
  { q: '十斤黄金夜里送来', expects: [`${jiafeng}/sizhi`] },
  { q: '陶侃的母亲退回腌鱼', expects: [`${jiafeng}/tuijin-fengzha`] },
  { q: '三十七个字的家训', expects: [`${jiafeng}/baozheng-jiaxun`] },
  { q: '邻居争宅基地让三尺', expects: [`${jiafeng}/liuchixiang`] },
  { q: '村民代表会议要多少人参加', expects: [`${quanli}/siyi-liang-gongkai`, '/lists/xiaowei-quanli'] },
  { q: '三务公开', expects: [`${quanli}/gongkai`, '/lists/xiaowei-quanli', '/lists/gongkai-shixiang'] },
  { q: '鱼塘出租要走哪些步骤', expects: ['/lists/xiaowei-quanli', `${quanli}/xiaowei-quanli`] },
  { q: '盖章开证明', expects: ['/lists/xiaowei-quanli'] },
  { q: '救灾物资怎么发', expects: ['/lists/xiaowei-quanli'] },
  { q: '惠民補貼公開', expects: ['/lists/gongkai-shixiang'] },
  { q: '石灰吟', expects: [`${gushi}/mingju`] },
  { q: '喝贪泉的水', expects: [`${gushi}/tanquan`] },
  { q: '交班清单', expects: [`${gushi}/jiaoban`] },
  { q: '物业收费说不清', expects: ['/cases/wuye'] },
  { q: '晚上开会谈垃圾分类', expects: ['/cases/yehua'] },
  { q: '部门之间推诿，基层叫不动', expects: ['/cases/chuishao'] },
  { q: '积分排名会不会变味', expects: ['/cases/gongde'] },
  { q: 'zhenzhu huidao hepu', expects: ['/stories/hepu'] },
  { q: '贪全与梨树', expects: [`${gushi}/tanquan`] },
]
