// What a hall comes together for.
export const hallKinds = ['三会一课', '主题党日', '中心组学习', '其他集体学习'] as const
