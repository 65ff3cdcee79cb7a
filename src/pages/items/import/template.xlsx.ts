// The template for importing items as a workbook, for download.
import type { APIRoute } from 'astro'
import { templateWorkbook } from '#assessment/exchange/write-sheet.ts'
import { fileReply } from '#sheet/file-reply.ts'

export const GET: APIRoute = () =>
  fileReply(templateWorkbook(), 'xlsx', { plain: 'items-template', name: '导入题目模板' })
