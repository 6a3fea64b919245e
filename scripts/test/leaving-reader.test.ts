import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

describe('a command whose reader has seen enough', () => {
  let folder: string
  let router: string

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tod-pipe-'))
    router = join(folder, 'router.rsc')
    writeFileSync(router, '/ip service\nset $\n'.repeat(2000))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const command = (script: string, args: readonly string[], stdout: 'pipe' | number) =>
    spawn(process.execPath, [join(root, script), ...args], {
      env: { ...process.env, TOD_DATA: join(folder, 'data') },
      stdio: ['ignore', stdout, 'pipe'],
    })

  /** Runs it with the reading end of its output closed before it has begun to write. */
  async function leave(script: string, args: readonly string[]) {
    const child = command(script, args, 'pipe')
    child.stdout?.destroy()
    let stderr = ''
    child.stderr?.on('data', (chunk) => {
      stderr += chunk
    })
    const [code] = await once(child, 'close')
    return { code, stderr }
  }

  it.each([
    ['rsc lint', 'packages/rsc-parser/dist/cli.js', ['lint'], 1],
    ['rsc fmt', 'packages/rsc-parser/dist/cli.js', ['fmt'], 0],
    ['routeros-sim export', 'packages/routeros-sim/dist/cli.js', ['export'], 0],
  ])('%s ends as it would have, in silence', async (_name, script, args, code) => {
    expect(await leave(script, [...args, router])).toEqual({ code, stderr: '' })
  })

  it.each([
    ['tod --help', 'packages/server/dist/cli.js', ['--help']],
    ['tod tenant list', 'packages/server/dist/cli.js', ['tenant', 'list']],
  ])('%s ends in silence', async (_name, script, args) => {
    expect(await leave(script, args)).toEqual({ code: 0, stderr: '' })
  })

  it('does not go on when it is a script that prints as it goes', async () => {
    const endless = "setInterval(() => console.log('still here'), 1)"
    const imported = join(root, 'scripts/stop-with-reader.mjs')
    const child = spawn(process.execPath, ['--import', imported, '-e', endless], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    child.stdout.destroy()

    expect(await once(child, 'close')).toEqual([0, null])
  })

  it('is thought of in every bench', () => {
    const packages = join(root, 'packages')
    const printing = readdirSync(packages, { recursive: true, encoding: 'utf8' })
      .filter((file) => /^[^/]+\/bench\/[^/]+\.mjs$/.test(file))
      .map((file) => readFileSync(join(packages, file), 'utf8'))
      .filter((text) => /console\.log|process\.stdout/.test(text))

    expect(printing.length).toBeGreaterThan(4)
    expect(printing.filter((text) => !text.includes('stop-with-reader.mjs'))).toEqual([])
  })

  it.runIf(process.platform === 'linux').each([
    ['rsc', 'packages/rsc-parser/dist/cli.js', ['fmt'], 2],
    ['routeros-sim', 'packages/routeros-sim/dist/cli.js', ['export'], 2],
    ['tod', 'packages/server/dist/cli.js', ['--help'], 1],
  ])('%s says that there is no room for its output', async (name, script, args, code) => {
    const child = command(script, name === 'tod' ? args : [...args, router], openSync('/dev/full', 'w'))
    let stderr = ''
    child.stderr?.on('data', (chunk) => {
      stderr += chunk
    })

    expect(await once(child, 'close')).toEqual([code, null])
    expect(stderr).toBe(`${name}: the output cannot be written: ENOSPC\n`)
  })
})
