// Where a person returns to. Only addresses of this site: anything else would lead them away with our name on it.

/** The local address in `text`, or null if it leads anywhere else. */
export function localBack(text: string | null | undefined): string | null {
  if (!text || text.length > 500 || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(text)) return null
  const url = URL.canParse(text, 'http://here.invalid') ? new URL(text, 'http://here.invalid') : null
  if (!url || url.origin !== 'http://here.invalid' || /^\/[/\\]/.test(url.pathname)) return null
  return url.pathname + url.search + url.hash
}

/** `address?back=…`, or the bare address when there is nowhere to return to. */
export function withBack(address: string, back: string | null): string {
  return back ? `${address}?back=${encodeURIComponent(back)}` : address
}
