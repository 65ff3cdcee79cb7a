// What a family story may be about, to be chosen by touch where there is no keyboard; each is a title as well.

export const prompts = [
  '老人教我的一句话',
  '我家的一条规矩',
  '一件旧物的来历',
  '一次没有收的礼',
  '邻居帮过我的那件事',
  '我家怎样过日子',
  '父母那一辈的事',
  '我们村的老故事',
] as const

/** How somebody may be called who does not want to give a name. */
export const tellers = ['一位老人', '一位村民', '一位老党员', '一位母亲', '一位父亲', '一位年轻人'] as const

/** Letters that fit into an entry (body.ts). */
export const longestTitle = 30
export const longestTeller = 10
export const longestText = 3_000
