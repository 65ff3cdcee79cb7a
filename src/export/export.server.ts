// `npm run export`, as a table of contents: pages in both looks, what they fetch, the search, the manifest.
import { join } from 'node:path'
import { z } from 'astro/zod'
import { now } from '#clock.server.ts'
import { dayOf } from '#day.ts'
import type { Commands } from '#db/lock.server.ts'
import { settings } from '#env.ts'
import { bringAssets } from '#export/assets.server.ts'
import { openFolder, type Folder } from '#export/folder.server.ts'
import { foundDocuments } from '#export/found-documents.server.ts'
import type { Exhibition } from '#export/here.ts'
import { writePages } from '#export/pages.server.ts'
import { publicAddresses } from '#export/public-addresses.server.ts'
import { pageRenderer } from '#export/render-page.server.ts'
import { searchAddress } from '#export/search-page.ts'
import { writeSearchIndex } from '#export/search-index.server.ts'
import { writeScripts } from '#export/scripts.server.ts'

const Arguments = z.object({
  /** The folder, as an absolute path. */
  out: z.string(),
  /** Where links lead to what needs the site itself. */
  site: z.string().nullable(),
})

/** One folder at a time. */
let busy = false

/** The command, for the running process and for a process of its own. */
export const exportCommands: Commands = {
  export: async (args, say) => {
    const asked = Arguments.parse(args)
    if (busy) throw new Error('另一次导出还没有完成。请等它做完再试。')
    busy = true
    return exportSite(asked, say).finally(() => (busy = false))
  },
}

async function exportSite({ out, site }: z.infer<typeof Arguments>, say: (line: string) => void) {
  const began = performance.now()
  const folder = await openFolder(out)
  const files = await fill(folder, await theExhibition(site), say).finally(() => folder.close())
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  return `完成：共${files}个文件，用了${seconds}秒。从 ${join(out, 'index.html')} 打开；整个目录可以放到任何网站上。直接从目录里打开也能读，只是不能搜索。`
}

async function fill(folder: Folder, planned: Exhibition, say: (line: string) => void): Promise<number> {
  say(`正在写${planned.addresses.size}个网页，各有标准版、长辈版和大字版……`)
  const { exhibition, assets } = await writePages(folder, planned, await pageRenderer(planned.origin), say)
  const missing = await bringAssets(folder, assets, settings.dataDir)
  for (const path of missing) say(`缺少文件 ${path}，网页上它的位置会空着。`)
  say('正在做搜索……')
  await writeScripts(folder)
  await writeSearchIndex(folder, await foundDocuments(exhibition.addresses))
  return folder.finish({ on: exhibition.on, from: exhibition.origin })
}

async function theExhibition(site: string | null): Promise<Exhibition> {
  const addresses = new Set([...(await publicAddresses()), searchAddress])
  const { origin } = settings
  return { name: settings.site.name, origin, site, on: dayOf(now().toISOString()), addresses }
}
