// The words that many lines of the inventory share: why something is held, how long, and what erasing does to it.
export const whileOpen = '账号在用期间；删除账号的人时一并删除'
export const archive = '按干部教育培训档案的规定，由主办单位确定；删除时清空内容，只留校验值'
export const recomputed = '随学习记录；可以随时由学习记录重新推算'
export const gone = { how: 'delete' } as const
export const kept = (why: string) => ({ how: 'keep', why }) as const
export const idOnly = kept('只是编号；人删除以后不再指向任何人')
export const byLaw = kept('网络日志依法留存不少于六个月；只有编号')

export const identity = {
  class: 'identity',
  purpose: '认出是你',
  retention: whileOpen,
  exported: true,
} as const
export const secret = {
  class: 'sign-in',
  purpose: '登录和防止冒用',
  retention: whileOpen,
  exported: false,
  erasure: gone,
} as const
export const derived = {
  class: 'derived',
  purpose: '计算学时，估计能力',
  retention: recomputed,
  exported: true,
  erasure: gone,
} as const
export const archived = { class: 'record', retention: archive, exported: true, erasure: gone } as const
export const trace = {
  class: 'act',
  purpose: '查清是谁做的',
  retention: '随那一条记录',
  exported: false,
  erasure: idOnly,
} as const

export const columns = (text: string) => text.trim().split(/\s+/)
