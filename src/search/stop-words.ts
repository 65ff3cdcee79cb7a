// Words that stand in every text and ask for nothing. They are left out of the index and of the query alike.
const words = `
  我们 你们 他们 她们 它们 咱们 自己 大家 这个 那个 这些 那些 这里 那里 这样 那样 这种 那种 这么 那么
  什么 怎么 怎样 如何 为何 哪个 哪些 哪里 哪儿 为什么 怎么办 是什么 有哪些 是否 是不 不是 能不 请问 请教 想问 问一
  一下 一个 一些 一种 一样 可以 就是 还是 或者 以及 因为 所以 如果 要是 但是 而且 并且 已经 还有 没有 只有
  对于 关于 由于 通过 之后 以后 之前 以前 时候 的话 的人 的事 了吗 了呢 的是
  the a an of to in on for and or is are be with
`

export const stopWords: ReadonlySet<string> = new Set(words.trim().split(/\s+/))
