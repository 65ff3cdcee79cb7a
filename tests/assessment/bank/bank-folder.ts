// A small content/ folder with a bank: one lesson, one procedure, items of two indicators; and how it is brought in.
import { importBank } from '#assessment/bank/import-bank.server.ts'
import { forgetBank } from '#assessment/bank/bank.server.ts'
import { forgetAsked } from '#course/asked.server.ts'
import { importLibrary } from '#course/import.server.ts'
import { write } from '#db/database.server.ts'
import { assessment, bankItem } from '#db/schema/assessment.ts'
import { document, item, media, revision, revisionItem } from '#db/schema/library.ts'
import { audit } from '#db/schema/people.ts'
import { LibraryFolder } from '../../course/library-folder.ts'
import { goodItem } from '../../course/sample.ts'

export const bankFile = 'items/conflict-of-interest/gifts.yaml'
export const indicators: ReadonlySet<string> = new Set(['conflict-of-interest', 'openness'])

/** A good item of the bank. */
export const banked = { ...goodItem, id: 'itm-gift-1', source: 'lsn-sizhi' }

export const procedure = {
  id: 'vote',
  title: '表决',
  version: '教学版',
  source: '虚构',
  faults: { skipped: '前面的步骤漏了', quorum: '到会人数不够' },
  facts: { due: { label: '应到人数', unit: '人' }, present: { label: '实到人数', unit: '人' } },
  steps: [
    { id: 'propose', name: '提议' },
    {
      id: 'meet',
      name: '开会',
      needs: [{ id: 'quorum', fault: 'quorum', count: 'present', of: 'due', atLeast: [2, 3] }],
    },
    { id: 'publish', name: '公布' },
  ],
}

/** An item that walks through it, as its author writes it. */
export const walk = {
  ...{ id: 'itm-vote-1', revision: 1, kind: 'procedure', indicator: 'conflict-of-interest' },
  ...{ difficulty: 'medium', source: 'lsn-sizhi', passage: goodItem.passage },
  ...{ stem: '开一次会。（虚构）', rationale: '照程序。', procedure: 'vote' },
  stages: [
    { id: 'p1', ask: 'next', after: 'propose', text: '提议写好了。' },
    { id: 'p2', ask: 'least', step: 'meet', need: 'quorum', facts: { due: 42 }, text: '至少到多少人？' },
  ],
}

export const fileOf = (items: unknown[]) =>
  JSON.stringify({ author: '内容组', checkedBy: '审核组', checkedOn: '2026-11-27', items })

export class BankFolder extends LibraryFolder {
  constructor() {
    super()
    this.write('procedures/vote.yaml', JSON.stringify(procedure))
    this.bank([banked, walk])
  }

  /** Writes the one file of the bank. */
  bank(items: unknown[]) {
    this.write(bankFile, fileOf(items))
  }

  /** As the process does at start. */
  async bringIn(dataDir: string) {
    await importLibrary({ contentDir: this.path, dataDir, indicators })
    forgetAsked()
    return importBank(this.path, indicators)
  }
}

/** Empties what a test may have brought in. */
export async function emptyLibrary() {
  await write(async (tx) => {
    const tables = [revisionItem, item, media, revision, document, bankItem, assessment, audit]
    for (const table of tables) await tx.delete(table)
  })
  forgetBank()
  forgetAsked()
}
