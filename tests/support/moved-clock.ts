// Loaded before a real process of ours (`node --import`): its clock can be moved on by the test that started it, so
// that ten minutes of study need not last ten minutes, and may be ahead from the start. Only tests start a process this way.
let ahead = Number(process.env['CLOCK_AHEAD'] ?? 0)
const RealDate = Date

class MovedDate extends RealDate {
  constructor(...args: unknown[]) {
    if (args.length === 0) super(RealDate.now() + ahead)
    else super(...(args as [number]))
  }

  static override now() {
    return RealDate.now() + ahead
  }
}
globalThis.Date = MovedDate as DateConstructor

process.on('message', (message: { advance?: number }) => {
  if (message.advance === undefined) return
  ahead += message.advance
  process.send?.({ advanced: ahead })
})
// A command that is done ends, although nobody closed the line to it.
process.channel?.unref()
// A process whose test has gone ends as well.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
