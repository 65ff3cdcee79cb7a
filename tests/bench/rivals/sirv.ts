// sirv as its manual shows it for production: files listed once, with the compressed copies that lie beside them.
import { createServer } from 'node:http'
import sirv from 'sirv'
import { answerWith } from '../process.ts'
import { listen } from './listen.ts'

const files = sirv(process.env['PUBLIC_DIR'] ?? '', { etag: true, gzip: true, brotli: true })
const origin = await listen(createServer((req, res) => files(req, res)))
answerWith({ origin: () => origin })
