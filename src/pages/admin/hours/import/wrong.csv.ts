// The rows of an upload that are wrong (?upload=), with what is wrong in a column of its own: to mend and upload again.
import type { APIRoute } from 'astro'
import { fileReply } from '#sheet/file-reply.ts'
import { previewUpload } from '#archive/preview.server.ts'
import { wrongCsv } from '#archive/template.ts'
import { requireSession } from '#people/session.ts'
import { orRefusal, Refusal } from '#refusal.ts'

export const GET: APIRoute = async ({ locals, url }) => {
  const session = requireSession(locals.session)
  const preview = await previewUpload(session, url.searchParams.get('upload') ?? '').catch(orRefusal)
  if (preview instanceof Refusal) return Response.json(preview, { status: preview.status })
  const wrong = preview.rows.filter(({ verdict }) => verdict === 'wrong')
  return fileReply(wrongCsv(wrong), 'csv', { plain: 'rows-to-mend', name: '有问题的行' })
}
