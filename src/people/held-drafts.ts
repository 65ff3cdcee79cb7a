// What writing, reading and answering hold about persons; part of the inventory.
import { gone, idOnly, trace, columns } from '#people/held-how.ts'
import type { Holding } from '#people/holding.ts'

const work = { class: 'voice', retention: '随稿件', exported: true } as const

export const draftHoldings: Holding[] = [
  {
    ...work,
    table: 'draft_writer',
    person: 'person_id',
    columns: columns('draft_id person_id first_at last_at'),
    purpose: '稿件由谁写，写的人不审自己的稿',
    erasure: idOnly,
  },
  {
    ...work,
    table: 'reading',
    person: 'person_id',
    columns: columns('id draft_id reading person_id hash verdict at'),
    purpose: '三审由谁做、审的是哪一稿',
    erasure: idOnly,
  },
  {
    ...work,
    table: 'reading',
    person: 'person_id',
    columns: ['text'],
    purpose: '审稿时说的话',
    erasure: { how: 'empty' },
  },
  {
    ...work,
    table: 'remark',
    person: 'person_id',
    columns: columns('id draft_id person_id passage text at settled_at'),
    purpose: '对稿件的意见',
    erasure: gone,
  },
  {
    table: 'feedback',
    person: 'person_id',
    columns: columns(
      'id person_id page document_id revision_id stars origin text at answer answered_at changed_in',
    ),
    class: 'voice',
    purpose: '改正网站和课文；不记名',
    retention: '意见办结后',
    exported: true,
    erasure: gone,
  },
  { ...trace, table: 'feedback', person: null, columns: ['answered_by'] },
  { ...trace, table: 'remark', person: null, columns: ['settled_by'] },
  { ...trace, table: 'draft', person: null, columns: ['scheduled_by'] },
  { ...trace, table: 'studio_rule', person: null, columns: ['changed_by'] },
]

/** Columns of writing that say nothing of any person. */
export const draftColumns: string[] = columns(`
  draft.id draft.document_id draft.kind draft.parent_id draft.unit_id draft.title draft.source draft.items_source
  draft.files draft.hash draft.version draft.new_edition draft.base_revision_id draft.state draft.publish_at
  draft.created_at draft.changed_at studio_rule.name studio_rule.value studio_rule.changed_at revision.draft_id
`)
