// A post must be one of those in content/capabilities/posts.
import type { Post } from '#people/roster/assignment.ts'
import { WrongField } from '#people/roster/wrong-field.ts'

/** @throws WrongField if no post has this id. */
export function requirePost(id: string, posts: Post[]): Post {
  const post = posts.find((one) => one.id === id)
  if (!post) throw new WrongField('post', 'invalid', '没有这个职务。', '请从名单里选一个。')
  return post
}
