// The least that can be done with a beat: node:http parses it and stores nothing.
import { createServer, type IncomingMessage } from 'node:http'
import { answerWith } from '../process.ts'
import { listen } from './listen.ts'

async function parse(req: IncomingMessage): Promise<{ seconds: number }> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString()) as { seconds: number }
}

const server = createServer(async (req, res) => {
  const { seconds } = await parse(req)
  const body = JSON.stringify({ seconds, refused: 0 })
  res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': String(body.length) })
  res.end(body)
})

const origin = await listen(server)
answerWith({ origin: () => origin })
