// Unit and integration tests; journeys in a browser are in tests/e2e (Playwright), figures in tests/bench.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**', 'node_modules/**'],
    benchmark: { include: ['tests/bench/**/*.bench.ts'] },
    testTimeout: 30_000,
    // Bringing in the library takes seconds, and on a busy machine more than the usual ten.
    hookTimeout: 60_000,
  },
})
