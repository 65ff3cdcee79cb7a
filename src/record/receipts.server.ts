// All receipts of a person in one file that can be checked without this site and without our programs.
import { latestRoot, linksOf, verifyChain } from '#record/root.server.ts'

/** How a reader of the file checks it, step by step. */
const rule = {
  H: 'SHA-256，十六进制。每一部分写成“UTF-8字节数:内容”，依次接起来再算。',
  previous: '第一条的 previous = H("chain", person.id)，以后每条的 previous 是前一条的 hash。',
  payloadHash: 'payloadHash = H(salt, payload)。payload 按文件里的原文，一个字都不动。',
  withheld:
    'withheld 为 true 的是监考卷里的一题：题目还要再用，payload 和 salt 不放进文件，payloadHash 照样在，链照样核对。有争议时由主办单位拿出原文，对得上 payloadHash 才算数。',
  hash: 'hash = H(previous, id, kind, at, receivedAt, payloadHash)。',
  head: '最后一条的 hash 就是 chain.head，条数就是 chain.length。',
  root: '每夜的总码 root = H(人员编号, 最后的 hash, 下一个人员编号, …)，按人员编号排序，包括所有的人，要由管理员核对。',
} as const

/** What it proves and what not, so that nobody thinks more of it. */
const proves =
  '能证明：存下这个文件以后，其中每一条的内容、次序和收到的时间没有被改动、抽掉或调换，只要以后下载的文件里这些 hash 还在。不能证明：屏幕前坐的是谁。'

/**
 * The receipts of a person with salts, the state of the chain and the newest nightly root. Of an answer in a watched test
 * only the hash: item, option and points of many people together would be the keys of the secure bank.
 */
export async function receiptsFile({ id, name, number }: { id: string; name: string; number: string }) {
  const [links, chain, root] = await Promise.all([linksOf(id), verifyChain(id), latestRoot()])
  const receipts = links.map((link) =>
    isWatched(link) ? { ...link, payload: null, salt: null, withheld: true } : link,
  )
  return { person: { id, name, number }, proves, rule, chain, root, receipts }
}

const isWatched = ({ kind, payload }: { kind: string; payload: string | null }) =>
  kind === 'question-answered' &&
  (JSON.parse(payload ?? 'null') as { mode?: string } | null)?.mode === 'supervised'
