// What whoever tells a family story at a screen is told first, and agrees to. A change of the words is a new version: what
// was agreed to is kept with the story.

/** The version in force. */
export const consentVersion = 'told-2026-11'

/** Versions that screens may still have shown; a story under another one is not taken. */
export const consentVersions: readonly string[] = [consentVersion]

/** What it is about, and what is said of it. */
export const consentWords: readonly { about: string; words: string }[] = [
  { about: '留下什么', words: '您讲的话、一个题目，还有您愿意留的称呼。不拍照，不要姓名、电话和证件号。' },
  { about: '谁听得到', words: '先由审核的人听一遍。通过了，才在本村的大屏上放，来的人都听得到。' },
  {
    about: '请别讲',
    words: '别人的姓名、住处、病情和难处。不满14岁的孩子，请家长在旁边一起同意。',
  },
  {
    about: '不想放了',
    words: '讲完给您一个回执号，凭它随时可以请人撤下，文字和录音就删掉；备份里的，两周左右换掉。',
  },
  { about: '不收举报', words: '要举报违纪违法，请打12388；办事和投诉，请打12345。' },
]
