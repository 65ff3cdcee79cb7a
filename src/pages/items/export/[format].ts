// Items as a file: GET for open items in a format (?of= for one indicator), POST for secure ones, sealed with the
// passphrase that the form sends.
import type { APIRoute } from 'astro'
import {
  exportOpen,
  exportSealed,
  openFormats,
  SealRefused,
} from '#assessment/exchange/export-items.server.ts'
import { requireSession } from '#people/session.ts'
import { fileReply } from '#sheet/file-reply.ts'

export const GET: APIRoute = async ({ params, url }) => {
  const format = openFormats.find((one) => one === params['format'])
  if (!format) return new Response(null, { status: 404 })
  const { content, ending } = await exportOpen(format, url.searchParams.get('of') || null)
  return fileReply(content, ending, { plain: `items-${format}`, name: `题目-${format}` })
}

export const POST: APIRoute = async ({ params, locals, request, redirect }) => {
  if (params['format'] !== 'sealed') return new Response(null, { status: 404 })
  const form = await request.formData()
  const word = (name: string) => String(form.get(name) ?? '')
  try {
    const sealed = await exportSealed(requireSession(locals.session), word('lock'), word('again'))
    return fileReply(sealed, 'sealed', { plain: 'items-secure', name: '保密题目' })
  } catch (error) {
    if (error instanceof SealRefused) return redirect(`/items/import?sealed=${error.why}#export`, 303)
    throw error
  }
}
