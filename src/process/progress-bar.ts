// How a bar of progress looks on a terminal, and what stands for it where lines cannot be drawn over.

/** Columns that a text takes: Chinese characters and full-width marks take two. */
function columnsOf(text: string): number {
  let columns = 0
  for (const character of text) columns += character > '\u2e7f' ? 2 : 1
  return columns
}

/** Percent that are done, 0–100, rounded down: 100 only when all is done. */
export function percentOf(done: number, all: number): number {
  return all <= 0 ? 100 : Math.max(0, Math.min(100, Math.floor((done / all) * 100)))
}

/** `复制数据库 ████████░░░░ 66%`, never wider than `columns`, so that it can be drawn over. */
export function drawBar(done: number, all: number, what: string, columns: number): string {
  const percent = percentOf(done, all)
  const end = ` ${String(percent).padStart(3)}%`
  const width = Math.min(30, columns - 1 - columnsOf(what) - 1 - end.length)
  if (width < 5) return end.trim().slice(0, Math.max(0, columns - 1))
  const full = Math.floor((percent / 100) * width)
  return `${what} ${'█'.repeat(full)}${'░'.repeat(width - full)}${end}`
}
