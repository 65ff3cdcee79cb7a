// What an upload may hold at most, and how a file that is refused is told so.
import { Refusal } from '#refusal.ts'

const MB = 1024 * 1024

export const limits = {
  /** Bytes as uploaded. */
  bytes: 5 * MB,
  /** Bytes of a workbook once unpacked, counted while it is unpacked. */
  unpackedBytes: 50 * MB,
  /** Parts of a workbook; one as people save it has a dozen. */
  parts: 1_000,
  /** Rows below the heading that hold anything. */
  rows: 10_000,
  /** How long reading may take. */
  milliseconds: 10_000,
  /** Memory of the thread that reads. */
  megabytes: 400,
}

/** Why a file is not read and how to mend it, for the field of the form. */
export class UnreadableFile extends Refusal {
  constructor(message: string, hint = '') {
    super('invalid', message, hint)
    this.name = 'UnreadableFile'
  }
}

export const tooManyRows = () =>
  new UnreadableFile(`文件超过${limits.rows}行。`, '请分成几份，一份一份上传。')

export const tooMuchInside = () =>
  new UnreadableFile(
    '文件里的内容太多，读不下。',
    '删去下面和右边用不着的行、列和图片，或分成几份；也可以另存为CSV再上传。',
  )

export const tooSlow = () => new UnreadableFile('文件读了10秒还没有读完。', '请分成几份，或另存为CSV再上传。')
