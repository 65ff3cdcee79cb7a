// An island draws its links in the browser, as addresses of the site. This script makes ways of them, as the export has
// made of all others, and says so where the island cannot start.
const home = document.querySelector<HTMLAnchorElement>('a.mark')?.href ?? location.href

function lead(link: HTMLAnchorElement) {
  const address = link.getAttribute('href') ?? ''
  if (address.startsWith('/')) link.href = new URL(`.${address}/index.html`, home).href
}

const main = document.querySelector('main')
if (main)
  new MutationObserver(() => main.querySelectorAll<HTMLAnchorElement>('a[href^="/"]').forEach(lead)).observe(
    main,
    {
      childList: true,
      subtree: true,
    },
  )

if (location.protocol === 'file:') {
  const note = document.createElement('p')
  note.className = 'say'
  note.textContent =
    '从文件夹里直接打开时，这一页的“找”按不动。请把这些网页放到网站上再打开，或者看全部案例。'
  document.querySelector('astro-island')?.before(note)
}
export {}
