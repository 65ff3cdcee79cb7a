// Words by which a writer tells readers that something is not sure.

/** One of these near doubtful words or figures, and the writer needs no warning. */
export const cautions: readonly string[] = [
  '旧题',
  '存疑',
  '相传',
  '传说',
  '待查',
  '待核',
  '误作',
  '误传',
  '误署',
  '没有核到',
  '没有核实',
  '没有另行核实',
  '没有查到',
]
