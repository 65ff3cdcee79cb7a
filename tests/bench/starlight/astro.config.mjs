// What our lesson page is compared with on a village line: Starlight as its documentation shows it, one lesson, no
// changes to its looks.
import { fileURLToPath } from 'node:url'
import starlight from '@astrojs/starlight'
import svelte from '@astrojs/svelte'
import { defineConfig } from 'astro/config'

export default defineConfig({
  integrations: [
    starlight({ title: '廉学', locales: { root: { label: '简体中文', lang: 'zh-CN' } } }),
    svelte(),
  ],
  // A site of files has no actions; see the file.
  vite: {
    resolve: {
      alias: { 'astro:actions': fileURLToPath(new URL('src/answer.mjs', import.meta.url)) },
    },
  },
})
