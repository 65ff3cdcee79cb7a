// A capability model to test with: the six dimensions of ours, four indicators each, with the names that people see.
import { CapabilityModel } from '#record/capability/model.ts'

const dimensions: [string, string, [string, string][]][] = [
  ['political', '政治素养', pairs('theory:理论基础 policy:政策领会 party-life:党内生活 discipline:政治纪律')],
  ['law', '法治与政策执行', pairs('law:村民自治法律 benefit:惠民政策 procedure:行政程序 follow:任务落实')],
  ['mass', '群众工作与议事协商', pairs('visiting:走访倾听 four:四议两公开 mediation:矛盾调解 feedback:反馈')],
  ['research', '调研与决策', pairs('facts:摸清事实 budget:计划与预算 risk:风险评估 innovation:基层创新')],
  ['emergency', '应急与平安', pairs('hazard:隐患排查 first:先期处置 report:信息报告 recovery:善后恢复')],
  ['integrity', '廉洁与数字素养', pairs('conflict:利益冲突 powers:小微权力 openness:公开 data:数据保护')],
]

function pairs(text: string): [string, string][] {
  return text.split(' ').map((pair) => {
    const [id = '', name = ''] = pair.split(':')
    return [id, name]
  })
}

/** Six dimensions by four indicators. */
export const sampleModel = CapabilityModel.parse({
  id: 'sample',
  title: '缺省能力模型',
  note: '本平台缺省能力模型，不是任何地方的官方图谱。',
  cuts: [-1.5, -0.5, 0.5, 1.5],
  levels: ['起步', '入门', '胜任', '熟练', '带头'].map((name, i) => ({ level: i + 1, name })),
  dimensions: dimensions.map(([id, name, indicators]) => ({
    id,
    name,
    indicators: indicators.map(([id, name]) => ({
      id,
      name,
      anchors: ['一', '二', '三', '四', '五'].map((level) => `${name}的${level}级表现`),
    })),
  })),
})
