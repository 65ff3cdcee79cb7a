// Keeps the screen lit while the page is seen. The system takes that back when the page is hidden, or the battery is low.

const again = 30_000

/** @returns what ends it. */
export function stayAwake(): () => void {
  let lock: WakeLockSentinel | null = null
  const hold = async () => {
    if (document.visibilityState !== 'visible' || lock?.released === false) return
    // Not every browser has it; the keeper then sets the machine itself to stay awake (/help/kiosk).
    lock = (await navigator.wakeLock?.request('screen').catch(() => null)) ?? null
  }
  const look = () => void hold()
  look()
  const beat = setInterval(look, again)
  document.addEventListener('visibilitychange', look)
  return () => {
    clearInterval(beat)
    document.removeEventListener('visibilitychange', look)
    void lock?.release()
  }
}
