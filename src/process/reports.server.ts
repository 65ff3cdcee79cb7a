// Browsers tell here when a page tried something that its policy forbids. That is a mistake of ours or an attack, so
// it goes to the log; a journey in a browser fails when one arrives.
import { capOf, readBody } from '#process/body.server.ts'
import type { Answer } from '#process/front-door.server.ts'
import { log, pathForLog } from '#process/log.server.ts'

/** How many reports have arrived since the process began. */
export let reports = 0

/** Reports that reach the log; whoever sends more is filling the disk. */
const mostLogged = 1000

/** Answers POST /csp-report; whatever is sent, the answer is the same. */
export const takeReports: Answer = async ({ req, res, method, path }) => {
  if (path !== '/csp-report' || method !== 'POST') return false
  const body = await readBody(req, res, { bytes: capOf(path), milliseconds: 5000 })
  reports += 1
  if (reports <= mostLogged) log.warn({ report: summarise(body.toString()) }, 'the content policy was broken')
  res.writeHead(204).end()
  return true
}

/** The three words that help to find the mistake, without what a person typed or who it was. */
function summarise(text: string): Record<string, string> {
  try {
    const report = (JSON.parse(text) as { 'csp-report'?: Record<string, unknown> })['csp-report'] ?? {}
    const word = (name: string) => pathForLog(String(report[name] ?? '').split('?')[0] ?? '').slice(0, 200)
    return { page: word('document-uri'), directive: word('violated-directive'), blocked: word('blocked-uri') }
  } catch {
    return { directive: 'unreadable' }
  }
}
