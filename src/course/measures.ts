// How long a recording is and how large a file, as people say it.

/** Seconds in words: `95` → 1分35秒. */
export function sayDuration(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  const rest = Math.round(seconds % 60)
  return `${minutes > 0 ? `${minutes}分` : ''}${rest > 0 || minutes === 0 ? `${rest}秒` : '钟'}`
}

/** Bytes in words, rounded up: `1500` → 2 KB. */
export function saySize(bytes: number): string {
  const kilobytes = Math.max(1, Math.ceil(bytes / 1024))
  return kilobytes < 1024 ? `${kilobytes} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
