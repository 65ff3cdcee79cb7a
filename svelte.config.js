// Lets the editor, svelte-check and eslint read TypeScript in components.
import { vitePreprocess } from '@astrojs/svelte'

export default { preprocess: vitePreprocess() }
