// Lets a part of a page show what the server knows by now, now and then, without the page moving or anything typed being
// lost. Without script there is a link that does it.
const everySeconds = 15

/** @param id of the part; the same address must answer with one of this id. */
export function keepFresh(id: string) {
  const renew = async () => {
    if (document.visibilityState !== 'visible') return
    const reply = await fetch(location.pathname, { headers: { accept: 'text/html' } }).catch(() => null)
    // Signed out, or the line is gone: what was there stays, and says since when.
    if (!reply?.ok || reply.redirected) return
    const fresh = new DOMParser().parseFromString(await reply.text(), 'text/html').getElementById(id)
    const shown = document.getElementById(id)
    if (!fresh || !shown || shown.contains(document.activeElement)) return
    shown.replaceWith(document.adoptNode(fresh))
  }
  setInterval(() => void renew(), everySeconds * 1000)
  document.addEventListener('visibilitychange', () => void renew())
}
