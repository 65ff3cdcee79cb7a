// The version of the privacy notice at /privacy. Raise it in the same change as the text: everybody is then asked again.
import { createHash } from 'node:crypto'
import { settings } from '#env.ts'

/** Day of the text that stands at /privacy. */
export const noticeVersion = '2026-11-27-6'

/**
 * The version to which people are asked to agree: where statements are sent to another system the text says so, and whoever
 * agreed before is asked again.
 */
export const noticeInForce = () =>
  settings.xapi ? `${noticeVersion}+${shortHash(settings.xapi.endpoint)}` : noticeVersion

const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8)
