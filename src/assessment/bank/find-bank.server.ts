// Finds what content/ holds for the bank: procedures, and a folder of files for each indicator. Judges nothing.
import { join } from 'node:path'
import { foldersIn, readSource, yamlFilesIn } from '#course/read-source.server.ts'
import type { FoundFile } from '#assessment/bank/bank-file.ts'

/** A file of the bank, and the indicator that its folder is named after. */
export type FoundBankFile = FoundFile & { indicator: string }

/** Everything found, in the order of the names. */
export type FoundBank = { procedures: FoundFile[]; files: FoundBankFile[] }

export async function findBank(contentDir: string): Promise<FoundBank> {
  const files: FoundBankFile[] = []
  for (const indicator of await foldersIn(join(contentDir, 'items'))) {
    const found = await filesIn(contentDir, `items/${indicator}`)
    files.push(...found.map((file) => ({ ...file, indicator })))
  }
  return { procedures: await filesIn(contentDir, 'procedures'), files }
}

/** The .yaml files of a folder below content/. */
export async function filesIn(contentDir: string, folder: string): Promise<FoundFile[]> {
  const names = await yamlFilesIn(join(contentDir, folder))
  const found = names.map(async (name) => {
    const file = `${folder}/${name}`
    return { file, source: (await readSource(join(contentDir, file))) ?? '' }
  })
  return Promise.all(found)
}
