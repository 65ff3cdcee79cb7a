// The version of the privacy notice at /privacy. Raise it in the same change as the text: everybody is then asked again.

/** Day of the text that stands at /privacy. */
export const noticeVersion = '2026-11-27-2'
