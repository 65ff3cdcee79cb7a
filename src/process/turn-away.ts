// How the process says no before any feature is asked: a status, what is wrong, what to do, all in Chinese.

/** Thrown where a request goes no further. */
export class TurnAway extends Error {
  readonly status: number
  readonly hint: string
  /** True if the rest of the request is not worth reading, so the connection ends with the answer. */
  readonly close: boolean

  constructor(status: number, message: string, hint: string, close = false) {
    super(message)
    this.name = 'TurnAway'
    this.status = status
    this.hint = hint
    this.close = close
  }
}

/** What is said of an address that does not exist or may not be known of. */
export const noSuchPage = () => new TurnAway(404, '没有这个页面。', '请检查网址，或从首页进入。')

/** What is said when something of ours is broken; the reason is in the log only. */
export const broken = () =>
  new TurnAway(500, '系统出了问题，这一步没有完成。', '请稍后再试；如果还是不行，请告诉管理员。')
