import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = (path: string) => fileURLToPath(new URL(`./packages/${path}`, import.meta.url))

export default defineConfig({
  resolve: {
    // Tests run against the sources; longest names first, because an alias also matches as a prefix.
    alias: [
      { find: /^@tod\/core\/testing$/, replacement: source('core/src/testing/index.ts') },
      {
        find: /^@tod\/adapters\/(ssh|git|crypto|credentials|sqlite|postgres|queue)$/,
        replacement: source('adapters/src/$1/index.ts'),
      },
      {
        find: /^@tod\/(rsc-parser|core|adapters|routeros-sim|server)$/,
        replacement: source('$1/src/index.ts'),
      },
    ],
  },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'examples/test/**/*.test.ts', 'scripts/test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
    },
  },
})
