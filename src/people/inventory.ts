// What is held about persons, where, why and how long (personal information protection law, articles 17, 19, 47,
// 51). Every column of the database is named here, as personal or as not: a new one that is forgotten fails a test.
// Export and erasure read this table, so what is written here is what happens.
import {
  whileOpen,
  archive,
  gone,
  kept,
  idOnly,
  byLaw,
  identity,
  secret,
  derived,
  archived,
  trace,
  columns,
} from '#people/held-how.ts'
import { draftColumns, draftHoldings } from '#people/held-drafts.ts'
import { kioskColumns, kioskHoldings } from '#people/held-kiosk.ts'
import { testColumns, testHoldings } from '#people/held-tests.ts'
import type { Holding } from '#people/holding.ts'

/** Everything that is held about persons. */
export const holdings: Holding[] = [
  { ...identity, table: 'person', person: 'id', columns: ['number', 'name'], erasure: { how: 'empty' } },
  {
    ...identity,
    table: 'person',
    person: 'id',
    columns: ['notice_version', 'notice_at', 'no_suggestions_at'],
    erasure: { how: 'empty' },
  },
  { ...identity, table: 'person', person: 'id', columns: ['id', 'created_at', 'closed_at'], erasure: idOnly },
  {
    table: 'assignment',
    person: 'person_id',
    columns: columns('id person_id unit_id post from_on to_on main'),
    class: 'post',
    purpose: '按岗位推荐内容，按类别计算应学的学时',
    retention: whileOpen,
    exported: true,
    erasure: gone,
  },
  {
    table: 'grant',
    person: 'person_id',
    columns: columns('person_id role unit_id granted_at'),
    class: 'right',
    purpose: '决定你能做什么、能看谁',
    retention: whileOpen,
    exported: true,
    erasure: gone,
  },

  {
    ...secret,
    table: 'slip',
    person: 'person_id',
    columns: columns('code_hash person_id created_at expires_at used_at'),
  },
  { ...secret, table: 'pin', person: 'person_id', columns: columns('person_id hash set_at former_hash') },
  {
    ...secret,
    table: 'login',
    person: 'id',
    columns: columns(
      'id name email email_verified image created_at updated_at username display_username two_factor_enabled',
    ),
  },
  {
    ...secret,
    table: 'account',
    person: 'user_id',
    columns:
      columns(`id account_id provider_id user_id access_token refresh_token id_token access_token_expires_at
      refresh_token_expires_at scope password created_at updated_at`),
  },
  {
    ...secret,
    table: 'two_factor',
    person: 'user_id',
    columns: columns('id secret backup_codes user_id verified'),
  },
  {
    ...secret,
    table: 'verification',
    person: 'value',
    columns: columns('id identifier value expires_at created_at updated_at'),
    retention: '十分钟',
  },
  {
    ...secret,
    table: 'session',
    person: 'user_id',
    columns: ['id', 'token', 'user_id', 'updated_at'],
    retention: '七天',
  },
  {
    table: 'session',
    person: 'user_id',
    columns: columns('ip_address user_agent created_at expires_at'),
    class: 'sign-in',
    purpose: '防止冒用：从哪里、用什么登录',
    retention: '登录后七天，或到退出',
    exported: true,
    erasure: gone,
  },
  {
    table: 'limit',
    person: null,
    columns: ['key', 'count', 'since'],
    class: 'sign-in',
    purpose: '输错密码的次数；账号和网络地址只存校验值',
    retention: '一天',
    exported: false,
    erasure: kept('只有校验值，一天以内删除'),
  },

  {
    table: 'event',
    person: 'person_id',
    columns: ['payload', 'salt', 'once'],
    class: 'record',
    purpose: '学习记录：打开的课、学习时段、答题、完成、测评、转入的学时、到场、实务观察',
    retention: archive,
    exported: true,
    erasure: { how: 'empty' },
  },
  {
    table: 'event',
    person: 'person_id',
    columns: columns('seq id kind person_id at received_at effective_at payload_hash previous hash'),
    class: 'record',
    purpose: '学习记录的时间和校验值，使任何人都不能暗中改动',
    retention: archive,
    exported: true,
    erasure: kept('校验链要能核对；没有内容，编号不再指向任何人'),
  },
  {
    table: 'chain',
    person: 'person_id',
    columns: columns('person_id length head derived_to'),
    class: 'record',
    purpose: '校验链的末端',
    retention: archive,
    exported: true,
    erasure: kept('校验链要能核对'),
  },
  {
    table: 'segment',
    person: 'person_id',
    columns:
      columns(`id person_id lesson_id edition revision_id opened_at last_beat_at last_seq spans sections
      watched refused silent_seconds device`),
    class: 'record',
    purpose: '正在进行的学习',
    retention: '到这次学习结束',
    exported: true,
    erasure: gone,
  },

  {
    ...derived,
    table: 'progress',
    person: 'person_id',
    columns: columns(
      'person_id lesson_id edition opened_at sections passed seconds silent_seconds completed_at event_id',
    ),
  },
  {
    ...derived,
    table: 'counted_span',
    person: 'person_id',
    columns: columns('person_id from_at to_at event_id'),
  },
  {
    ...derived,
    table: 'refused_time',
    person: 'person_id',
    columns: columns('person_id event_id reason lesson_id seconds at'),
  },
  {
    ...derived,
    table: 'credit',
    person: 'person_id',
    columns: columns(
      'event_id person_id meter period on subject title course_id edition minutes hours points nature activity rule reason',
    ),
  },
  {
    ...derived,
    table: 'evidence',
    person: 'person_id',
    columns: columns('id person_id indicator event_id at item body'),
  },
  {
    ...derived,
    table: 'belief',
    person: 'person_id',
    columns: columns(
      'person_id indicator mean sd pieces kinds as_of_on event_id mean_before status level changes_on',
    ),
  },

  { ...derived, table: 'placement', person: 'person_id', columns: columns('person_id unit_id posts') },

  {
    table: 'view',
    person: 'person_id',
    columns: columns('id viewer_id person_id what at'),
    class: 'look',
    purpose: '让你看到谁看过你的记录',
    retention: '随学习记录',
    exported: true,
    erasure: gone,
  },
  {
    table: 'dispute',
    person: 'person_id',
    columns: columns('id person_id about text at outcome answer answered_at event_id'),
    class: 'voice',
    purpose: '你的异议和答复',
    retention: '随学习记录',
    exported: true,
    erasure: gone,
  },
  {
    ...archived,
    table: 'hours_row',
    person: 'person_id',
    columns: columns('batch_id line person_id body event_id'),
    purpose: '把别处的学时转入，核准前后都可以查对',
  },
  {
    ...archived,
    table: 'closed_hours',
    person: 'person_id',
    columns: columns('year person_id meter hours minutes'),
    purpose: '年度学时表封存以后仍可查对',
  },

  {
    table: 'audit',
    person: 'actor_id',
    columns: columns('id actor_id act target detail at'),
    class: 'act',
    purpose: '查清越权，留存网络日志',
    retention: '不少于六个月',
    exported: false,
    erasure: byLaw,
  },
  { ...trace, table: 'grant', person: 'granted_by', columns: ['granted_by'] },
  { ...trace, table: 'slip', person: 'created_by', columns: ['created_by'] },
  { ...trace, table: 'dispute', person: 'answered_by', columns: ['answered_by'] },
  ...testHoldings,
  ...draftHoldings,
  ...kioskHoldings,
  { ...trace, table: 'hours_batch', person: null, columns: columns('entered_by approved_by undone_by') },
  { ...trace, table: 'closed_year', person: null, columns: ['closed_by'] },
  { ...trace, table: 'revision', person: null, columns: ['author', 'reviewer'], purpose: '内容由谁写、谁审' },
  {
    ...derived,
    table: 'version',
    person: 'subject',
    columns: columns('subject from_at version body'),
    purpose: '读你记的实务观察时扣除你的宽严，只给你自己看',
    retention: '随被观察的人的学习记录',
    erasure: kept('被观察的人的估计还要用；只有编号'),
  },
]

/** Columns that say nothing of any person; `*` stands for all of a table. */
export const notPersonal: string[] = [
  ...testColumns,
  ...draftColumns,
  ...kioskColumns,
  ...columns(`
  search_document.* unit_size.* unit_total.* unit_snapshot.* unit_month.*
  search_section.* unit.* document.* item.* revision_item.* media.* root.* mark.*
  hours_batch.id hours_batch.file_name hours_batch.entered_at hours_batch.approved_at hours_batch.undone_at
  hours_batch.reason closed_year.year closed_year.closed_at closed_year.last_seq closed_year.root
  revision.id revision.document_id revision.number revision.edition revision.origin revision.hash revision.source
  revision.items_source revision.files revision.meta revision.tree revision.sections revision.minutes
  revision.created_at version.kind
`),
]
