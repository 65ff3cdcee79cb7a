// How the state of an account and of a slip is called on the page.
import type { PersonState, SlipState } from '#people/roster/people.server.ts'

export const personStateNames: Record<PersonState, string> = {
  open: '在用',
  unused: '还没设密码',
  closed: '已停用',
}

export const slipStateNames: Record<SlipState['state'], string> = {
  waiting: '还没用',
  used: '已用',
  expired: '已过期',
}
