// One item of every kind, as an author would write it. Texts that must stay on the server begin with 密.
import { Item } from '#quiz/question.ts'
import type { ItemOf, KindName } from '#quiz/kinds/registry.ts'

const common = {
  revision: 2,
  indicator: 'small-powers',
  difficulty: 'medium' as const,
  passage: '密文：退回、说明、留下记录',
  rationale: '密解：三步都做到了',
}

export const samples: { [K in KindName]: ItemOf<K> } = {
  single: {
    ...common,
    id: 'itm-single',
    kind: 'single',
    stem: '评议前一晚，对方送来土鸡，放下就走。怎么做最稳妥？',
    options: [
      { id: 'a', text: '先收下，第二天照样公正评议' },
      { id: 'b', text: '当晚退回并说明' },
      { id: 'c', text: '评议以后再退' },
      { id: 'd', text: '转送给困难户' },
    ],
    key: 'b',
  },
  multiple: {
    ...common,
    id: 'itm-multiple',
    kind: 'multiple',
    stem: '哪些要公开？',
    options: [
      { id: 'a', text: '低保名单' },
      { id: 'b', text: '村集体账目' },
      { id: 'c', text: '家庭电话' },
      { id: 'd', text: '工程招标结果' },
    ],
    key: ['a', 'b', 'd'],
  },
  'true-false': {
    ...common,
    id: 'itm-true-false',
    kind: 'true-false',
    stem: '没有人看见的谢礼可以收。',
    key: false,
  },
  order: {
    ...common,
    id: 'itm-order',
    kind: 'order',
    stem: '四议两公开，先后怎么排？',
    steps: [
      { id: 'a', text: '党员大会审议' },
      { id: 'b', text: '村民会议决议' },
      { id: 'c', text: '支部会提议' },
      { id: 'd', text: '两委会商议' },
    ],
    key: ['c', 'd', 'a', 'b'],
  },
  match: {
    ...common,
    id: 'itm-match',
    kind: 'match',
    stem: '谁做了什么？',
    left: [
      { id: 'l1', text: '杨震' },
      { id: 'l2', text: '羊续' },
      { id: 'l3', text: '于谦' },
    ],
    right: [
      { id: 'r1', text: '空橐入京' },
      { id: 'r2', text: '四知' },
      { id: 'r3', text: '悬鱼' },
      { id: 'r4', text: '两袖藏金' },
    ],
    key: { l1: 'r2', l2: 'r3', l3: 'r1' },
  },
  'fill-in': {
    ...common,
    id: 'itm-fill-in',
    kind: 'fill-in',
    stem: '天知，神知，我知，____。',
    key: { accept: ['密答子知', '密答你知'] },
  },
}

/** The samples as the import would read them. */
export const items = Object.values(samples).map((sample) => Item.parse(sample))
