// An uploaded file as a model: a table (CSV), our own JSON, or a CASE package; which of them its content says.
import { few, judgeDraft, type ModelRead } from '#plan/model/judge-draft.ts'
import { readCase } from '#plan/model/read-case.ts'
import { readModelCsv } from '#plan/model/read-model-csv.ts'
import { nameOf } from '#course/explain.ts'
import { textOf } from '#people/roster/read-roster.ts'
import type { ModelWithPosts } from '#record/capability/model.ts'

/** At most so many bytes. */
export const modelBytes = 1024 * 1024

/** @param base the model in force, for what the file leaves out. */
export function readModelFile(bytes: Uint8Array, base: ModelWithPosts): ModelRead {
  if (bytes.length === 0) return { problems: ['文件是空的。请选填好的文件。'] }
  if (bytes.length > modelBytes) return { problems: ['文件超过1 MB，这不像一份能力模型。请核对选的文件。'] }
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    return { problems: ['这是Excel工作簿。在Excel或WPS里“另存为”，类型选CSV，再上传。'] }
  const text = textOf(bytes)
  if (text === null) return { problems: ['认不出文件的编码。另存为“CSV UTF-8”，再上传。'] }
  return /^\uFEFF?\s*[[{]/.test(text) ? readJson(text, base) : readModelCsv(text, base)
}

function readJson(text: string, base: ModelWithPosts): ModelRead {
  const value = parsed(text)
  if (value === undefined) return { problems: ['JSON的写法有误，读不下去。请用原来的软件重新导出一次。'] }
  if (typeof value === 'object' && value !== null && 'CFDocument' in value) return readCase(value, base)
  const read = judgeDraft({ value, place: nameOf })
  return 'read' in read ? read : { problems: few(read.problems) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}
