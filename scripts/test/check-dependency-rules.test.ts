import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'

const script = resolve(import.meta.dirname, '..', 'check-dependency-rules.mjs')
const folders: string[] = []

/** A workspace with one source file; what the script says of it. */
function check(file: string, content: string) {
  const root = mkdtempSync(join(tmpdir(), 'tod-rules-'))
  folders.push(root)
  const path = join(root, 'packages', file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  const { status, stderr } = spawnSync(process.execPath, [script, root], { encoding: 'utf8' })
  return { status, stderr }
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

describe('the dependency rules', () => {
  it.each([
    ['core/src/backup/a.ts', "import { Client } from 'ssh2'", 'may not import ssh2'],
    ['core/src/a.ts', "import { readFileSync } from 'node:fs'", 'may not import node:fs'],
    ['core/src/a.ts', "export { x } from '@tod/adapters/git'", 'may not import @tod/adapters/git'],
    ['rsc-parser/src/syntax/a.ts', "import 'node:process'", 'may not import node:process'],
    ['rsc-parser/src/a.ts', "import { z } from 'zod'", 'may not import zod'],
    ['adapters/src/git/a.ts', "import { Client } from 'ssh2'", 'may not import ssh2'],
    ['adapters/src/git/a.ts', "import { x } from '../ssh/b.js'", 'imports the sibling adapter ssh'],
    ['routeros-sim/src/a.ts', "import type { Clock } from '@tod/core'", 'may not import @tod/core'],
    ['server/src/a.ts', "import { parse } from '@tod/rsc-parser'", 'may not import @tod/rsc-parser'],
    ['server/src/a.ts', "import { x } from '../../core/src/index.js'", 'reaches out of its package'],
  ])('refuse in %s: %s', (file, content, complaint) => {
    const { status, stderr } = check(file, content)

    expect(stderr).toContain(complaint)
    expect(status).toBe(1)
  })

  it.each([
    ['rsc-parser/src/cli/a.ts', "import { readFileSync } from 'node:fs'"],
    ['adapters/src/sqlite/a.ts', "import { x } from '../sql/b.js'\nimport 'better-sqlite3'"],
    ['server/src/a.ts', "import express from 'express'\nimport { x } from '@tod/adapters/ssh'"],
  ])('allow in %s what the table allows', (file, content) => {
    expect(check(file, content).status).toBe(0)
  })
})
