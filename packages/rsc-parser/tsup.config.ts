import { defineConfig } from 'tsup'

export default defineConfig({
  entry: { index: 'src/index.ts', cli: 'src/cli/main.ts' },
  format: 'esm',
  target: 'node20',
  platform: 'neutral',
  external: [/^node:/],
  sourcemap: true,
  clean: true,
  // `npm start` and `npm test` need no declarations, and they are most of the time of a build.
  dts: process.env.TOD_BUILD_TYPES === 'no' ? false : { entry: { index: 'src/index.ts' } },
  tsconfig: 'tsconfig.build.json',
})
