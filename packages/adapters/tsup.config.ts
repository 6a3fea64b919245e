import { defineConfig } from 'tsup'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'ssh/index': 'src/ssh/index.ts',
    'git/index': 'src/git/index.ts',
    'crypto/index': 'src/crypto/index.ts',
    'credentials/index': 'src/credentials/index.ts',
    'sqlite/index': 'src/sqlite/index.ts',
    'postgres/index': 'src/postgres/index.ts',
    'queue/index': 'src/queue/index.ts',
  },
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  clean: true,
  // `npm start` and `npm test` need no declarations, and they are most of the time of a build.
  dts: process.env.TOD_BUILD_TYPES !== 'no',
  tsconfig: 'tsconfig.build.json',
})
