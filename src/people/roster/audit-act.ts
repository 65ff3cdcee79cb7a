// How the acts in the audit log are called on the page.

/** An act that is not listed here is shown by its own name. */
export const auditActNames: Record<string, string> = {
  'administrators-made': '建立三位管理员',
  'unit-added': '新增单位',
  'person-added': '新增人员',
  'name-corrected': '改正姓名',
  'assignment-added': '新增任职',
  'assignment-ended': '结束任职',
  'account-closed': '停用账号',
  'account-reopened': '恢复账号',
  'role-granted': '授予角色',
  'role-revoked': '收回角色',
  'roster-imported': '导入名册',
  'slip-made': '打印口令条',
  'slip-used': '使用口令条',
  'second-factor-on': '设第二道验证',
  'second-factor-off': '取消第二道验证',
  'person-erased': '删除个人信息',
  'data-restored': '恢复备份',
  'dispute-settled': '答复异议',
  'year-closed': '封存年度学时',
  'hours-stored': '录入转入的学时',
  'hours-approved': '核准转入的学时',
  'hours-declined': '退回转入的学时',
  'hours-undone': '撤回转入的学时',
  'archive-downloaded': '下载培训档案',
}
