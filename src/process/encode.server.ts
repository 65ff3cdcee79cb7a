// Compression, off the event loop, and the choice of what a browser can read.
import { promisify } from 'node:util'
import { brotliCompress, constants, gunzip, gzip } from 'node:zlib'

export type Encoding = 'br' | 'gzip' | 'identity'

const squeeze = promisify(brotliCompress)
const zip = promisify(gzip)

/** A compressed file grown back, for the rare client that reads none of our encodings. */
export const unzip = promisify(gunzip)

/** The smallest encoding that a client says it reads (Accept-Encoding); one with q=0 is not read. */
export function chooseEncoding(accepted: string | undefined): Encoding {
  const reads = (name: string) =>
    new RegExp(`(^|[,\\s])${name}\\s*($|,|;(?!\\s*q=0(\\.0*)?\\s*($|,)))`).test(accepted ?? '')
  return reads('br') ? 'br' : reads('gzip') ? 'gzip' : 'identity'
}

/** 64 KB, as long as a page: with the usual 4 MB brotli takes ten times as long over one and saves nothing. */
const windowBits = 16

/** Text in an encoding; `once` spends more on what is kept and sent many times. */
export function encode(body: Buffer, encoding: Encoding, once = false): Promise<Buffer> {
  if (encoding === 'gzip') return zip(body, { level: once ? 9 : 6 })
  if (encoding === 'identity') return Promise.resolve(body)
  return squeeze(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: once ? 9 : 4,
      [constants.BROTLI_PARAM_LGWIN]: windowBits,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    },
  })
}
