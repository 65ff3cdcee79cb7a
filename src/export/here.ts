// Where a page stands in the export, and where its links may lead.
import { fileOf, wayFrom, type Look } from '#export/address.ts'

/** What holds for all pages of one export. */
export type Exhibition = {
  /** The site's name, and where it was exported from. */
  name: string
  origin: string
  /** Links to what only a server can do lead there; null leaves them out. */
  site: string | null
  /** The day of the export, `YYYY-MM-DD`. */
  on: string
  /** Addresses of all exported pages, as on the site. */
  addresses: ReadonlySet<string>
}

export type Here = Exhibition & {
  /** Of this page, as on the site. */
  address: string
  look: Look
}

/**
 * What browsers fetch beside pages, as a path in the export; null if the address is none of that. Some hosts do not
 * show folders whose names begin with a line, so `_astro` has another name there.
 */
export function assetAt(address: string): string | null {
  const [, folder, name] = /^\/(?:(_astro|media)\/)?([\w.-]+)$/.exec(address) ?? []
  if (!name) return null
  if (folder) return `${folder === 'media' ? 'media' : 'assets'}/${name}`
  return name === 'favicon.svg' ? name : null
}

/** From here to a file of the export. */
export const leadToFile = ({ address, look }: Here, file: string) => wayFrom(fileOf(address, look), file)

/** This page in another look. */
export const leadToLook = (here: Here, look: Look) => leadToFile(here, fileOf(here.address, look))

/** This page on the site itself, if the export names one. */
export const leadToSite = ({ site, address }: Here) => site && site + address

/** Where an address of the site leads from here: into the export, to the site itself, or null if nowhere. */
export function leadTo(here: Here, address: string): string | null {
  const [path = '', ...place] = address.split(/(?=#)/)
  const asset = assetAt(path)
  if (asset) return leadToFile(here, asset)
  if (here.addresses.has(path)) return leadToFile(here, fileOf(path, here.look)) + place.join('')
  return here.site && here.site + address
}
