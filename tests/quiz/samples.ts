// One item of every kind, as an author would write it. Texts that must stay on the server begin with 密.
import type { Procedure } from '#quiz/kinds/procedure/rules.ts'
import { Item } from '#quiz/question.ts'
import type { ItemOf, KindName } from '#quiz/kinds/registry.ts'

/** A procedure of three steps with needs of every sort. */
export const meeting: Procedure = {
  id: 'meeting',
  title: '开会定事',
  version: '试用本',
  note: '编出来的程序，只用来试。',
  source: '编出来的',
  faults: {
    skipped: '前面的步骤漏了',
    quorum: '到会人数不够',
    approval: '赞成票不够',
    notice: '通知的日子不够',
    late: '贴得太晚',
    unsigned: '记录没有人签名',
  },
  facts: {
    due: { label: '应到人数', unit: '人' },
    present: { label: '实到人数', unit: '人' },
    approve: { label: '赞成票', unit: '票' },
    noticeDays: { label: '提前通知', unit: '天' },
    daysAfter: { label: '会后几天贴出', unit: '天' },
    signed: { label: '到会的人签了名' },
  },
  steps: [
    { id: 'propose', name: '提议', mayFollow: [], needs: [] },
    {
      id: 'meet',
      name: '开会表决',
      mayFollow: [],
      needs: [
        { id: 'quorum', fault: 'quorum', count: 'present', of: 'due', atLeast: [2, 3] },
        { id: 'approval', fault: 'approval', count: 'approve', of: 'present', moreThan: [1, 2] },
        { id: 'notice', fault: 'notice', fact: 'noticeDays', least: 10 },
        { id: 'signed', fault: 'unsigned', fact: 'signed' },
      ],
    },
    {
      id: 'publish',
      name: '公开',
      mayFollow: ['propose'],
      needs: [{ id: 'late', fault: 'late', fact: 'daysAfter', most: 3 }],
    },
  ],
}

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
  scenario: {
    ...common,
    id: 'itm-scenario',
    kind: 'scenario',
    stem: '你管着村里的工程款。',
    scenes: [
      {
        id: 's1',
        text: '表弟来问投标的事。你怎么说？',
        choices: [
          { id: 'c', text: '讲明关系，退出评标', weight: 3, outcome: '密果：避开了', then: 's2' },
          { id: 'a', text: '请他按公告报名', weight: 2, outcome: '密果：还差一步', then: 's2' },
          { id: 'b', text: '先把底价告诉他', weight: 0, outcome: '密果：泄了密' },
        ],
      },
      {
        id: 's2',
        text: '开标前一晚，他提着茶叶上门。',
        choices: [
          { id: 'a', text: '收下，不往心里去', weight: 0, outcome: '密果：说不清了' },
          { id: 'b', text: '当面退回', weight: 2, outcome: '密果：退得及时' },
        ],
      },
    ],
  },
  procedure: {
    ...common,
    id: 'itm-procedure',
    kind: 'procedure',
    stem: '某村要修水渠（虚构）。',
    procedure: 'meeting',
    rules: meeting,
    stages: [
      { id: 'p1', ask: 'next', after: 'meet', text: '会开完了。接着做哪一步？' },
      {
        id: 'p2',
        ask: 'least',
        step: 'meet',
        need: 'quorum',
        facts: { due: 42 },
        text: '应到42人，至少到多少人？',
      },
      {
        id: 'p3',
        ask: 'judge',
        step: 'meet',
        after: 'propose',
        facts: { due: 42, present: 27, approve: 14, noticeDays: 7, signed: true },
        text: '记录这样写，哪里不对？',
      },
    ],
  },
  'short-answer': {
    ...common,
    id: 'itm-short-answer',
    kind: 'short-answer',
    stem: '有人问起低保名单，你怎么答？写几句话。',
    rubric: [
      { id: 'r1', text: '密点：说明公开的办法', points: 2 },
      { id: 'r2', text: '密点：不说别人家的隐私', points: 1 },
    ],
    longest: 300,
    model: '密答：名单贴在公开栏，办法按文件走。',
  },
}

/** The samples as the import would read them. */
export const items = Object.values(samples).map((sample) => Item.parse(sample))
