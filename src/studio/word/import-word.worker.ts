// Reads one Word document in a thread of its own. Started by import-word.server.ts only.
import { workerData } from 'node:worker_threads'
import { tellRows } from '#sheet/tell-rows.ts'
import { readWord } from '#studio/word/read-word.ts'

const sent = workerData as Uint8Array
await tellRows(async () => [await readWord(Buffer.from(sent.buffer, sent.byteOffset, sent.byteLength))])
