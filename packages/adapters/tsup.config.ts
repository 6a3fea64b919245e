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
  dts: true,
  tsconfig: 'tsconfig.build.json',
})
