// The training archive of the person who asks, for download.
import type { APIRoute } from 'astro'
import { ownArchive } from '#archive/download.server.ts'
import { fileReply } from '#sheet/file-reply.ts'
import { requireSession } from '#people/session.ts'
import { modelInUse } from '#record/capability/model.server.ts'

export const GET: APIRoute = ({ locals }) =>
  fileReply(ownArchive(requireSession(locals.session), 'csv', modelInUse().posts), 'csv', {
    plain: 'my-training-archive',
    name: '我的培训档案',
  })
