// Writes src/db/migrations from the schema: `npm run db:generate -- --name <what>`.
import { defineConfig } from 'drizzle-kit'

export default defineConfig({ dialect: 'sqlite', schema: './src/db/schema/*.ts', out: './src/db/migrations' })
