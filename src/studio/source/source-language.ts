// The language of a source to the editor: Markdown with a frontmatter, for colours and for lists that go on by themselves.
import { markdown, markdownLanguage } from '@codemirror/lang-markdown'
import { tags } from '@lezer/highlight'

type Extensions = NonNullable<NonNullable<Parameters<typeof markdown>[0]>['extensions']>

/** Without this, the last line of a frontmatter would be a heading. */
const frontmatter: Extensions = {
  defineNodes: [{ name: 'Frontmatter', block: true, style: tags.meta }],
  parseBlock: [
    {
      name: 'Frontmatter',
      before: 'HorizontalRule',
      parse: (cx, line) => {
        if (cx.lineStart !== 0 || line.text.trimEnd() !== '---') return false
        // The line that is handed in moves on with the context.
        while (cx.nextLine() && line.text.trimEnd() !== '---');
        cx.nextLine()
        cx.addElement(cx.elt('Frontmatter', 0, cx.prevLineEnd()))
        return true
      },
    },
  ],
}

export const sourceLanguage = markdown({
  base: markdownLanguage,
  extensions: frontmatter,
  completeHTMLTags: false,
  pasteURLAsLink: false,
})
