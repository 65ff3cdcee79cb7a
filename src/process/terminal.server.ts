// What a command says on the terminal: lines, and below them one bar of progress that is drawn over. Where the
// output is a file or a log, each tenth is a line instead.
import type { Told } from '#db/lock.server.ts'
import { drawBar, percentOf } from '#process/progress-bar.ts'

/** As much of a stream as is needed. */
export type Output = { isTTY?: boolean; columns?: number; write: (text: string) => unknown }

const clearLine = '\r\x1b[2K'

/** Says and draws on an output; `end` leaves the last bar where it is. */
export function terminal(output: Output): Told & { end: () => void } {
  return output.isTTY ? drawn(output) : written(output)
}

function drawn(output: Output) {
  let bar = ''
  let work = ''
  const end = () => {
    if (bar) output.write('\n')
    bar = ''
  }
  return {
    end,
    say: (line: string) => {
      output.write(`${bar && clearLine}${line}\n${bar}`)
    },
    progress: (done: number, all: number, what: string) => {
      if (what !== work) end()
      work = what
      const next = drawBar(done, all, what, output.columns ?? 80)
      if (next !== bar) output.write(`${clearLine}${next}`)
      bar = next
    },
  }
}

function written(output: Output) {
  let told = -1
  let work = ''
  const say = (line: string) => void output.write(`${line}\n`)
  return {
    end: () => undefined,
    say,
    progress: (done: number, all: number, what: string) => {
      const tenth = Math.floor(percentOf(done, all) / 10)
      if (what === work && tenth <= told) return
      work = what
      told = tenth
      say(`${what} ${tenth * 10}%`)
    },
  }
}
