// What a test is, in plain words, before anybody begins it.
import type { Blueprint } from '#assessment/blueprint/blueprint.ts'

/** How many questions it has. */
export function sayLength(blueprint: Blueprint): string {
  return blueprint.form === 'fixed'
    ? `${blueprint.cells.reduce((sum, { count }) => sum + count, 0)}道题`
    : `最多${blueprint.most}道题`
}

export const sayMinutes = ({ minutes }: Pick<Blueprint, 'minutes'>) =>
  minutes === null ? '不限时间' : `${minutes}分钟`

export const sayWatched = ({ supervised }: Pick<Blueprint, 'supervised'>) =>
  supervised ? '有人监考' : '无人监考'

const answersTold: Record<Blueprint['answers'], string> = {
  none: '交卷以后告诉你总分、各项得分和该学什么，不逐题讲评，题目还要再用。',
  'right-or-wrong': '交卷以后告诉你每一题的对错和该学什么，不公布答案。',
  solutions: '交卷以后逐题给出答案、理由和原文。',
}

/** The rules as pairs of a heading and a sentence. */
export function sayRules(blueprint: Blueprint, extraShare: number): { about: string; says: string }[] {
  const { form, minutes, attempts, supervised } = blueprint
  const more = minutes !== null && extraShare > 0 ? `给你延长了${Math.round(minutes * extraShare)}分钟。` : ''
  return [
    {
      about: '怎么出题',
      says:
        form === 'adaptive'
          ? '一题一题地出，答得好就难一点，答得不好就容易一点；答过的题不能回头改。测得够准就结束。'
          : '从题库里抽，各项都有，先抽你没见过的。可以前后翻看、修改，也可以先标记，以后再看。',
    },
    {
      about: '时间',
      says:
        minutes === null
          ? '不限时间。可以随时停下，换一台设备也能接着答。'
          : `从开始算${minutes}分钟，按网站的钟，关了页面也照走。${more}到时间自动交卷，已经存下的都算。`,
    },
    {
      about: '保存',
      says:
        form === 'adaptive'
          ? '答了就存。断网时先存在这台设备上，下一题要等网络恢复。'
          : '答了就存。断网可以接着答，先存在这台设备上，恢复后自动补交；到时间以后才收到的，存下不计分。',
    },
    { about: '讲评', says: answersTold[blueprint.answers] },
    {
      about: '次数',
      says: `一年最多${attempts.most}次${attempts.waitDays > 0 ? `，两次之间至少隔${attempts.waitDays}天` : ''}。`,
    },
    {
      about: supervised ? '有人监考' : '无人监考',
      says: supervised
        ? '在监考的场次里做，成绩注明“有人监考”，作能力的依据时分量重一些。'
        : '没有人看着，请一个人答。成绩注明“无人监考”，作能力的依据时分量轻一些。',
    },
    { about: '用途', says: '用来看自己哪里扎实、哪里该补。不排名次，没有合格线，未答的题不作能力的依据。' },
  ]
}
