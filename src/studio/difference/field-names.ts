// What the fields of a document and of an item are called when a reviewer is told of them.
import { attributionNames } from '#ui/attribution-names.ts'

/** Fields of the frontmatter (course/lesson.ts, story.ts, case.ts, provenance.ts), in the order in which they are told. */
export const fieldNames: Readonly<Record<string, string>> = {
  id: '资料代号',
  title: '题目',
  summary: '简介',
  minutes: '分钟数',
  edition: '版次',
  hall: '展区',
  season: '季节',
  path: '所属的路径',
  indicators: '指标',
  topics: '类别',
  settings: '适用的地方',
  needs: '需要的条件',
  spoken: '口头说法',
  question: '和家人谈的问题',
  lesson: '对应的课',
  recording: '朗读录音',
  attribution: '出处的把握',
  sources: '出处',
  checkedBy: '核对人',
  checkedOn: '核对日期',
  reviewBy: '复核期限',
}

/** Fields of an item (quiz/kinds/); the rest are its options and other parts. */
export const itemFieldNames: Readonly<Record<string, string>> = {
  kind: '题型',
  stem: '题干',
  options: '选项',
  key: '答案',
  rationale: '解析',
  passage: '依据的原文',
  indicator: '指标',
  difficulty: '难度',
  source: '所依据的资料',
  revision: '修订号',
}

/** Values that are words of the house in the file. */
export const valueNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  attribution: attributionNames,
}
