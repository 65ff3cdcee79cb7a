// What tests hold about persons; part of the inventory.
import { whileOpen, gone, archived, trace, columns } from '#people/held-how.ts'
import type { Holding } from '#people/holding.ts'

export const testHoldings: Holding[] = [
  {
    ...archived,
    table: 'attempt',
    person: 'person_id',
    columns: columns(
      'id assessment_id person_id sitting_id number started_at deadline_at handed_at handed_by result',
    ),
    purpose: '你参加的测评和成绩',
  },
  {
    // The blueprint is the test's; the seed and the items that were drawn could give a secure paper away.
    ...archived,
    table: 'attempt',
    person: 'person_id',
    columns: columns('seed blueprint'),
    purpose: '测评怎样组卷',
    exported: false,
  },
  {
    ...archived,
    table: 'attempt_item',
    person: 'person_id',
    columns: columns(
      'attempt_id person_id position shown_at answer answered_at received_at late_answer late_at earned possible withdrawn event_id',
    ),
    purpose: '测评里的作答',
  },
  {
    ...archived,
    table: 'short_answer_mark',
    person: 'person_id',
    columns: columns('attempt_id person_id points remark settles at'),
    purpose: '简答题得的分和评语',
  },
  {
    table: 'extra_time',
    person: 'person_id',
    columns: columns('person_id share granted_at'),
    class: 'right',
    purpose: '测评时给你延长的时间',
    retention: whileOpen,
    exported: true,
    erasure: gone,
  },
  { ...trace, table: 'extra_time', person: null, columns: ['granted_by'] },
  { ...trace, table: 'short_answer_mark', person: null, columns: ['grader_id'] },
  { ...trace, table: 'sitting', person: null, columns: ['invigilator_id'] },
  { ...trace, table: 'calibration_run', person: null, columns: ['made_by'] },
  {
    ...trace,
    table: 'bank_item',
    person: null,
    columns: columns('author checked_by'),
    purpose: '题目由谁写、谁审',
  },
]

/** Columns of tests that say nothing of any person. */
export const testColumns: string[] = columns(`
  assessment.* exposure.* item_statistics.* attempt_item.item_id attempt_item.item_revision short_answer_mark.item_id
  bank_item.id bank_item.revision bank_item.kind bank_item.indicator bank_item.difficulty bank_item.secure
  bank_item.status bank_item.retired_reason bank_item.checked_on bank_item.file
  bank_item.imported_hash bank_item.conflict_hash bank_item.created_at
  sitting.id sitting.assessment_id sitting.unit_id sitting.code sitting.opened_at sitting.closed_at
  calibration_run.name calibration_run.from_at calibration_run.made_at calibration_run.body
`)
