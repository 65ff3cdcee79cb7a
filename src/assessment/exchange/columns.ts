// The columns of a table of items: what each is called, and how it is written. Template, import and export read this table.
import type { Label } from '#assessment/exchange/fields.ts'
import { letterOf } from '#assessment/exchange/lettered.ts'

/** Most options of an item, and most left sides. */
export const mostParts = 8

/** What a column holds: a labelled field, the question, or a part by its number. */
export type Column = {
  header: string
  holds: Label | 'stem' | 'escaped' | { option: number } | { left: number }
  how: string
  width: number
  needed?: true
}

const eight = Array.from({ length: mostParts }, (_, i) => i)

export const columns: readonly Column[] = [
  {
    header: '题型',
    holds: 'kind',
    needed: true,
    width: 10,
    how: '单选题、多选题、判断题、填空题、排序题、配对题或简答题。',
  },
  {
    header: '题干',
    holds: 'stem',
    needed: true,
    width: 50,
    how: '填空题在要填的地方写四条下划线____，只留一处。',
  },
  ...eight.map((option) => ({
    header: `选项${letterOf(option)}`,
    holds: { option },
    width: 20,
    how: option === 0 ? '单选、多选的选项，排序的步骤，配对的右边，从A开始一格一项。' : '同上，没有就空着。',
  })),
  {
    header: '答案',
    holds: 'answer',
    needed: true,
    width: 16,
    how: '单选B，多选ABD，判断对或错，排序CAB（第一步是C），配对1-C，2-A，填空几种写法用|隔开，简答写参考答案。',
  },
  { header: '解析', holds: 'rationale', width: 40, how: '为什么这样答。空着就用依据。' },
  { header: '难度', holds: 'difficulty', width: 8, how: '易、中或难。空着就用网页上选的。' },
  { header: '指标', holds: 'indicator', width: 20, how: '能力模型里的名称或代号。空着就用网页上选的。' },
  { header: '依据', holds: 'passage', width: 40, how: '馆藏资料里逐字抄的一句，标点也要一样。' },
  { header: '出处', holds: 'source', width: 20, how: '那份资料的题目或代号。空着就按依据去找。' },
  ...eight.map((left) => ({
    header: `左${left + 1}`,
    holds: { left },
    width: 16,
    how: left === 0 ? '只有配对题要填：左边的各项，一格一项。' : '同上，没有就空着。',
  })),
  {
    header: '评分要点',
    holds: 'rubric',
    width: 30,
    how: '只有简答题要填：一行一条，后面写分数，如：说到当众开标（2分）。',
  },
  { header: '字数', holds: 'longest', width: 8, how: '简答题最多写多少字，20到1000。空着是300。' },
  {
    header: '计分',
    holds: 'credit',
    width: 16,
    how: '多选题的计分办法：right-minus-wrong（选对加、选错减）、all-or-nothing（全对才得分）、each-option（逐项判断）。空着是第一种。',
  },
  { header: '题号', holds: 'id', width: 20, how: '从本平台导出的题才有；新题空着。' },
  { header: '编号', holds: 'ids', width: 16, how: '从本平台导出的题才有；新题空着。' },
  { header: '转义', holds: 'escaped', width: 8, how: '从本平台导出的题才有；新题空着。' },
]
