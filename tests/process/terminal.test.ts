import { expect, test } from 'vitest'
import { terminal } from '#process/terminal.server.ts'

function output(isTTY: boolean) {
  const written: string[] = []
  return { written, isTTY, columns: 40, write: (text: string) => written.push(text) }
}

test('on a terminal one line is drawn over, and what is said stands above it', () => {
  const screen = output(true)
  const { say, progress, end } = terminal(screen)
  progress(1, 4, '备份')
  progress(1, 4, '备份')
  say('有一个文件不在。')
  progress(4, 4, '备份')
  end()
  say('完成。')
  const clear = '\r\x1b[2K'
  const quarter = `备份 ${'█'.repeat(7)}${'░'.repeat(22)}  25%`
  expect(screen.written.join('')).toBe(
    `${clear}${quarter}${clear}有一个文件不在。\n${quarter}${clear}备份 ${'█'.repeat(29)} 100%\n完成。\n`,
  )
})

test('another work begins a bar of its own', () => {
  const screen = output(true)
  const { progress } = terminal(screen)
  progress(1, 1, '复制')
  progress(0, 1, '核对')
  expect(screen.written.join('')).toMatch(/复制 █+ 100%\n\r\x1b\[2K核对 ░+ {3}0%$/)
})

test('in a log each tenth is a line, once', () => {
  const file = output(false)
  const { progress, say, end } = terminal(file)
  for (let i = 0; i <= 1000; i++) progress(i, 1000, '核对')
  end()
  say('完成。')
  expect(file.written).toEqual([...Array.from({ length: 11 }, (_, i) => `核对 ${i * 10}%\n`), '完成。\n'])
})
