import { defineConfig } from 'tsup'

export default defineConfig({
  entry: { index: 'src/index.ts', cli: 'src/cli/main.ts' },
  format: 'esm',
  target: 'node20',
  platform: 'neutral',
  external: [/^node:/],
  sourcemap: true,
  clean: true,
  dts: { entry: { index: 'src/index.ts' } },
  tsconfig: 'tsconfig.build.json',
})
