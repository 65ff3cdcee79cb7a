import { describe, expect, test } from 'vitest'
import { componentNames, componentShape } from '#course/components.ts'
import { bodyLine, bodyWith, problemsOf, sourceOf } from './sample.ts'

/** How each component is written rightly; the question stands in the sample already. */
const right: Record<string, string> = {
  Quiz: '',
  Note: '<Note title="时代局限">\n\n旧时的话。\n\n</Note>',
  Quote:
    '<Quote work="《后汉书》" attribution="certain" variants="无" pinyin="tiān zhī" translation="天知道">\n天知，神知，\n我知，子知。\n</Quote>',
  Timeline: '<Timeline>\n\n- **1926年** 出生\n- **1928年** 去世\n\n</Timeline>',
  Flow: '<Flow title="退回">\n\n1. 说明\n   - 和气\n2. 退回\n\n</Flow>',
  Terms: '<Terms>\n\n- **鲊** 腌制的鱼\n\n</Terms>',
  Reflect: '<Reflect prompt="想一想？">\n\n今晚问一问。\n\n</Reflect>',
  Figure: '<Figure src="夜.svg" alt="夜里" caption="图一" />',
  Audio: '<Audio src="a.mp3" title="听" seconds="60" transcript="第一句。" />',
  Video: '<Video src="a.mp4" title="看" seconds="60" captions="a.vtt" />',
  Attachment: '<Attachment src="登记表.csv" title="登记表" />',
}

const wrong: [part: string, message: string, mend: string][] = [
  ['<Quiz />', '<Quiz>：少了“item”。', '补上 item="…"，如 <Quiz item="itm-sizhi-1" />'],
  ['<Quiz item="1" />', '<Quiz>：“item”的写法不对。', '写 items.yaml 里的题目代号，如 itm-sizhi-1。'],
  ['<Quiz item="itm-b">好</Quiz>', '<Quiz> 里面不能有内容。', '照这样写：<Quiz item="itm-sizhi-1" />'],
  ['<Note>好</Note>', '<Note>：少了“title”。', '补上 title="…"，如 <Note title="时代局限">……</Note>'],
  ['<Note title="">好</Note>', '<Note>：“title”的长度不合适。', '至少要有1个字。'],
  ['<Note title="好" />', '<Note> 里面没有内容。', '照这样写：<Note title="时代局限">……</Note>'],
  [
    '<Quote work="书" attribution="true">好</Quote>',
    '<Quote>：“attribution”的值不在可选范围内。',
    '只能是：certain、traditional、doubtful、legend。',
  ],
  ['<Quote attribution="certain">好</Quote>', '<Quote>：少了“work”。', '补上 work="…"，如'],
  ['<Quote work="书" attribution="certain" />', '<Quote> 里面只能是文字，不能为空。', '照这样写：<Quote'],
  ['<Quote work="书" attribution="certain">**好**</Quote>', '<Quote> 里面只能是文字，不能为空。', '照这样写'],
  [
    '<Quote work="书" attribution="certain" by="我">好</Quote>',
    '<Quote> 没有“by”这个属性。',
    '能写的只有：work、',
  ],
  ['<Timeline>\n\n好\n\n</Timeline>', '<Timeline> 里面只能有一个列表，每项以 **粗体** 开头。', '照这样写：'],
  ['<Timeline>\n\n- 1926年 好\n\n</Timeline>', '<Timeline> 里面只能有一个列表，每项以 **粗体** 开头。', ''],
  ['<Timeline>\n\n1. **1926年** 好\n\n</Timeline>', '<Timeline> 里面只能有一个列表', ''],
  [
    '<Timeline title="好">\n\n- **1926年** 好\n\n</Timeline>',
    '<Timeline> 没有“title”这个属性。',
    '它不用写属性',
  ],
  ['<Flow title="好">\n\n- 一\n\n</Flow>', '<Flow> 里面只能有一个编号列表。', '照这样写：<Flow'],
  ['<Flow>\n\n1. 一\n\n</Flow>', '<Flow>：少了“title”。', ''],
  ['<Terms>\n\n- 鲊\n\n</Terms>', '<Terms> 里面只能有一个列表，每项以 **粗体** 开头。', ''],
  ['<Terms />', '<Terms> 里面只能有一个列表', ''],
  ['<Reflect prompt="好？" />', '<Reflect> 里面没有内容。', ''],
  ['<Reflect>好</Reflect>', '<Reflect>：少了“prompt”。', ''],
  ['<Figure src="a.svg" />', '<Figure>：少了“alt”。', '补上 alt="…"，如 <Figure'],
  ['<Figure src="a.gif" alt="好" />', '<Figure>：“src”的写法不对。', '以 .svg、.png、.jpg、.webp 结尾。'],
  ['<Audio src="a.mp3" title="听" transcript="好" />', '<Audio>：少了“seconds”。', '补上 seconds="…"'],
  [
    '<Audio src="a.mp3" title="听" seconds="1分" transcript="好" />',
    '<Audio>：“seconds”的写法不对。',
    '写时长的秒数',
  ],
  ['<Audio src="a.mp3" title="听" seconds="60" />', '<Audio>：少了“transcript”。', ''],
  ['<Video src="a.mp4" title="看" seconds="60" />', '<Video>：少了“captions”。', ''],
  [
    '<Video src="a.mp4" title="看" seconds="60" captions="a.txt" />',
    '<Video>：“captions”的写法不对。',
    '.vtt 结尾',
  ],
  ['<Attachment src="a.csv" />', '<Attachment>：少了“title”。', ''],
  [
    '<Attachment src="a.docx" title="好" />',
    '<Attachment>：“src”的写法不对。',
    '以 .pdf、.pptx、.txt、.csv 结尾',
  ],
]

describe('components', () => {
  test.each(componentNames)('%s written rightly passes', (name) => {
    expect(problemsOf(sourceOf(bodyWith(right[name] ?? '?'), { minutes: '3' }))).toEqual([])
  })

  test.each(wrong)('%j is refused with the way to write it', (part, message, mend) => {
    const [problem] = problemsOf(sourceOf(bodyWith(part), { minutes: '3' }))
    expect(problem?.message).toContain(message)
    expect(problem?.mend).toContain(mend)
    expect(problem?.line).toBe(bodyLine + 6)
  })

  test('the place of a wrong prop is the prop, not the component', () => {
    const part = '<Figure\n  src="a.svg"\n  alt=""\n/>'
    expect(problemsOf(sourceOf(bodyWith(part)))[0]).toMatchObject({ line: bodyLine + 8, column: 3 })
  })

  test('names that every object knows are no components', () => {
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty', '', null]) {
      expect(componentShape(name)).toBeNull()
    }
  })
})
