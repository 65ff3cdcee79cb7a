// Short answers as people of the demo wrote them, and what a first grader found in them; and the paper that asks for them,
// which exists in the demo only.
import { Blueprint } from '#assessment/blueprint/blueprint.ts'

/** Two short answers, supervised. */
export const writtenPaper = Blueprint.parse({
  id: 'asm-demo-jianda',
  title: '写清楚，说明白（简答）',
  summary: '2道简答题，20分钟，写一份协议、一条答复。由两位教员分开评分，评完本人看得到结果。只在演示里有。',
  form: 'fixed',
  supervised: true,
  minutes: 20,
  attempts: { most: 2, waitDays: 30 },
  answers: 'right-or-wrong',
  cells: [
    { indicator: 'mediation', kind: 'short-answer', count: 1 },
    { indicator: 'feedback', kind: 'short-answer', count: 1 },
  ],
} satisfies Blueprint)

/** An answer, and the points of the first grader for each criterion of the rubric. */
export type Written = { text: string; points: { r1: number; r2: number; r3: number } }

const worth = (r1: number, r2: number, r3: number) => ({ r1, r2, r3 })

/** By item, one answer for each of those who sit the paper, in their order. */
export const written: Readonly<Record<string, readonly Written[]>> = {
  'itm-mediation-jd1': [
    {
      text: '东家屋后的水管改到南边水沟。料钱120元，一家60元。东家买料，西家挖沟。这个月底以前做完，把埂子补上。没做完的找村里调解员，不要自己动手堵。两家签字。',
      points: worth(2, 2, 2),
    },
    {
      text: '经调解，双方同意水管改道，料钱平分，东家买料西家挖沟。今后互谅互让，和睦相处，不再为此事争吵。',
      points: worth(0, 2, 0),
    },
    {
      text: '水管从屋后墙角改到菜地下头的沟里去，料钱对半，东家去买，西家出人挖。十天之内弄好。',
      points: worth(2, 1, 1),
    },
    {
      text: '东家负责把水管改好，西家挖沟，120元一人一半。双方要遵守协议，谁违反谁负责，由村委会监督执行。',
      points: worth(0, 2, 1),
    },
    {
      text: '一、改东家屋后出水那一截管子，引到路边沟。二、料钱一百二，各六十。三、东家买料，西家挖沟。四、下个赶场天以前完工。五、到时没做，先找调解的老李。',
      points: worth(2, 2, 2),
    },
    {
      text: '邻里之间要团结。东家的水管不要再冲西家的菜地，冲坏了要赔。',
      points: worth(0, 0, 0),
    },
  ],
  'itm-feedback-jd1': [
    {
      text: '王大爷：东头的灯换了灯泡，8号晚上亮了。西头的线断了，归供电所接，已经报了，15号来看，看完我就在群里说。',
      points: worth(2, 2, 2),
    },
    {
      text: '您反映的问题我们高度重视，已安排专人处理，请您耐心等待，谢谢理解支持。',
      points: worth(0, 0, 0),
    },
    {
      text: '东头一盏已修好，西头一盏线断了，供电所15日来，请大家晚上过桥注意安全。',
      points: worth(1, 2, 1),
    },
    {
      text: '大爷，灯修了一盏，另一盏不归村里管，要等供电所，我们也催过了。',
      points: worth(1, 1, 0),
    },
    {
      text: '东头换灯泡，8日试过是亮的。西头断线，村里的人接不得，报给供电所了，他们说15日来看。15日以后还不亮，您直接打我电话。',
      points: worth(2, 2, 2),
    },
    {
      text: '已经报供电所了，15日来修，到时候就亮了。',
      points: worth(0, 1, 1),
    },
  ],
}

/** How many sit the paper. */
export const writers = Math.min(...Object.values(written).map((answers) => answers.length))

/** What the second grader does with the answer of one who sat: finds the same, is not there yet, or sees it otherwise. */
export const secondMarks: Readonly<Record<string, readonly ('same' | 'none' | Written['points'])[]>> = {
  'itm-mediation-jd1': ['same', worth(0, 1, 0), worth(2, 2, 2), 'none', 'same', 'same'],
  'itm-feedback-jd1': ['same', 'same', worth(2, 2, 1), 'none', 'same', 'same'],
}
