import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

describe('the list of open behaviours in the README', () => {
  it('has a row for each name that the engine and the command line know, and none beside', () => {
    const section =
      read('README.md').split('## Behaviours that sources leave open')[1]?.split('\n## ')[0] ?? ''
    const rows = [...section.matchAll(/^\| `([a-z-]+)` \|/gm)].map((row) => row[1])

    const ofEngine = [...read('src/engine-settings.ts').matchAll(/\* `([a-z-]+)`:/g)]
    const alsoOfEngine = [...read('src/engine-settings.ts').matchAll(/\/\*\* `([a-z-]+)`:/g)]
    const ofSsh = [...read('src/cli/read-behaviors.ts').matchAll(/^ {2}'?([a-z-]+)'?: \{/gm)]
    const known = new Set([...ofEngine, ...alsoOfEngine, ...ofSsh].map((match) => match[1]))

    expect(rows.sort()).toEqual([...known].sort())
  })
})
