// The clock of a page: does not jump while the page is open, whatever becomes of that of the device.

/** ms since 1970. */
export const pageNow = () => performance.timeOrigin + performance.now()

/** Calls back after so many seconds, unless the function that it returns is called. */
export function after(seconds: number, then: () => void): () => void {
  const timer = setTimeout(then, seconds * 1000)
  return () => clearTimeout(timer)
}
