// A model as some file gave it, before it is judged; and what is wrong with it, each with its place and how to mend it.
import { explain } from '#course/explain.ts'
import { ModelWithPosts } from '#record/capability/model.ts'

/** What was read, and where each value stands, in words: 第12行“一级”; empty where enough was said already. */
export type Draft = { value: unknown; place: (path: readonly PropertyKey[]) => string }

/** A file that was read, or everything that is wrong with it, in Chinese sentences. */
export type ModelRead = { read: ModelWithPosts } | { problems: string[] }

/** More than so many problems are only counted. */
const mostProblems = 30

/** The model of a draft, or what is wrong with it. */
export function judgeDraft({ value, place }: Draft): ModelRead {
  const judged = ModelWithPosts.safeParse(value, { reportInput: true })
  if (judged.success) return { read: judged.data }
  return {
    problems: few(
      judged.error.issues.flatMap((issue) => {
        if (place(issue.path) === '') return []
        if (/\p{Script=Han}/u.test(issue.message)) return `${place(issue.path)}：${issue.message}`
        const { message, mend } = explain(issue, String(issue.path.at(-1) ?? '整个文件'))
        return `${place(issue.path)}：${message}${mend}`
      }),
    ),
  }
}

/** Each problem once, and no more of them than somebody reads. */
export function few(problems: readonly string[]): string[] {
  const all = [...new Set(problems)]
  if (all.length <= mostProblems) return all
  return [...all.slice(0, mostProblems), `另外还有${all.length - mostProblems}处，改好上面的再看。`]
}
