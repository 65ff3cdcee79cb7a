// What screens of village halls and sessions of halls hold about persons; part of the inventory.
import { columns, gone, kept, trace } from '#people/held-how.ts'
import type { Holding } from '#people/holding.ts'

export const kioskHoldings: Holding[] = [
  {
    table: 'kiosk_visit',
    person: 'person_id',
    columns: columns('id kiosk_id person_id how state began_at expires_at ended_at'),
    class: 'sign-in',
    purpose: '你在哪台大屏上、什么时候、用什么方式登录',
    retention: '一年零一个月',
    exported: true,
    erasure: gone,
  },
  {
    table: 'kiosk_visit',
    person: 'person_id',
    columns: ['token_hash'],
    class: 'sign-in',
    purpose: '大屏上的登录；只存校验值',
    retention: '到离开大屏',
    exported: false,
    erasure: gone,
  },
  {
    table: 'kiosk_ask',
    person: 'person_id',
    columns: columns('code_hash kiosk_id visit_id expires_at person_id redeemed_at'),
    class: 'sign-in',
    purpose: '用手机同意在大屏上登录',
    retention: '一天',
    exported: false,
    erasure: gone,
  },
  {
    table: 'hall_attendance',
    person: 'person_id',
    columns: columns('session_id person_id via in_at out_at state event_id note'),
    class: 'record',
    purpose: '集体学习的签到，由主持人确认后记学时',
    retention: '随学习记录',
    exported: true,
    erasure: gone,
  },
  {
    table: 'hall_claim',
    person: 'person_id',
    columns: columns('id session_id person_id slot code at'),
    class: 'record',
    purpose: '会场没有网时用手机报到，等会场的记录送到后核对',
    retention: '核对以后删除',
    exported: true,
    erasure: gone,
  },
  { ...trace, table: 'hall_attendance', person: null, columns: ['confirmed_by'] },
  { ...trace, table: 'hall_session', person: null, columns: ['host_id'] },
  { ...trace, table: 'kiosk', person: null, columns: columns('enrolled_by revoked_by') },
  { ...trace, table: 'notice', person: null, columns: ['created_by'] },
  { ...trace, table: 'told_story', person: null, columns: ['reviewed_by'] },
  { ...trace, table: 'merit_rule', person: null, columns: ['set_by'] },
  { ...trace, table: 'merit_deed', person: null, columns: ['entered_by'] },
  {
    table: 'told_story',
    person: null,
    columns: columns('title teller text voice'),
    class: 'voice',
    purpose: '在大屏上讲的家风故事，讲的人同意审核后在本村展示',
    retention: '到撤下；不通过的当时清空',
    exported: false,
    erasure: kept('讲的人没有账号；凭回执随时可以要求撤下，撤下时清空'),
  },
  {
    table: 'merit_deed',
    person: null,
    columns: ['household'],
    class: 'voice',
    purpose: '农户愿意记下的好事，按村里自己的办法',
    retention: '到村里停办',
    exported: false,
    erasure: kept('只有农户自己愿意用的称呼；记错了可以撤回'),
  },
  {
    table: 'kiosk_entry',
    person: null,
    columns: ['sealed'],
    class: 'record',
    purpose: '大屏断网时的记录，封好送来，记入以后清空',
    retention: '到记入为止',
    exported: false,
    erasure: kept('记入以后清空；封好的内容分不出是谁的'),
  },
]

/** Columns of these tables that say nothing of any person. */
export const kioskColumns = columns(`
  kiosk_key.* kiosk_enrolment.* kiosk_contact.* hall_tally.* hall_vote.*
  kiosk.id kiosk.unit_id kiosk.name kiosk.public_key kiosk.playlist kiosk.enrolled_at kiosk.revoked_at kiosk.turn
  kiosk.hello_at kiosk.seq kiosk.pack kiosk.queue kiosk.storage_used kiosk.storage_quota kiosk.app
  kiosk.clock_error_seconds kiosk.emptied_at
  kiosk_entry.id kiosk_entry.kiosk_id kiosk_entry.seq kiosk_entry.contact_id kiosk_entry.up kiosk_entry.off
  kiosk_entry.at kiosk_entry.received_at kiosk_entry.via kiosk_entry.state kiosk_entry.kind kiosk_entry.about
  kiosk_entry.reason kiosk_entry.from_at kiosk_entry.to_at
  notice.id notice.unit_id notice.title notice.text notice.from_on notice.to_on notice.from_time notice.to_time
  notice.at notice.ended_at
  hall_session.id hall_session.unit_id hall_session.kiosk_id hall_session.title hall_session.kind
  hall_session.agenda hall_session.lesson_id hall_session.edition hall_session.secret hall_session.state
  hall_session.starts_at hall_session.ends_at hall_session.confirmed_at hall_session.head_count
  hall_session.minutes hall_session.asking hall_session.offline
  told_story.id told_story.kiosk_id told_story.unit_id told_story.seconds told_story.consent told_story.at
  told_story.state told_story.reviewed_at told_story.reason
  merit_rule.id merit_rule.unit_id merit_rule.title merit_rule.agreed_on merit_rule.rules merit_rule.at
  merit_rule.ended_at
  merit_deed.id merit_deed.unit_id merit_deed.rule_id merit_deed.deed merit_deed.points merit_deed.on
  merit_deed.shown merit_deed.at merit_deed.taken_back_at
`)
