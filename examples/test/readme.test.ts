import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { startSimulator } from '@tod/routeros-sim'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
/** A folder from which the packages are found as a host would find them. */
const host = join(root, 'examples/02-nightly-backup-script')

describe('the README of the project', () => {
  let simulator: Awaited<ReturnType<typeof startSimulator>>
  let directory: string
  const script = join(host, `.readme-${process.pid}.ts`)

  beforeAll(async () => {
    simulator = await startSimulator({ version: '7.16.1', user: 'backup', password: 'from-the-environment' })
    directory = mkdtempSync(join(tmpdir(), 'tod-readme-'))
  })
  afterAll(async () => {
    rmSync(script, { force: true })
    rmSync(directory, { recursive: true, force: true })
    await simulator.stop()
  })

  it('shows how to embed in lines that run', async () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8')
    const shown = /## Embed it\n\n```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
    const port = simulator.router.listeners[0]?.port ?? 0
    // Only where it runs is another: folder, address and port.
    const code = shown
      .replace("directory: '.tod'", `directory: ${JSON.stringify(directory)}`)
      .replace("host: '192.0.2.1', port: 22", `host: '127.0.0.1', port: ${port}`)
    writeFileSync(script, code)

    const tsx = pathToFileURL(createRequire(join(host, 'main.ts')).resolve('tsx')).href
    const child = spawn(process.execPath, ['--import', tsx, script], {
      cwd: host,
      env: { ...process.env, GW_PASSWORD: 'from-the-environment' },
    })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.stderr.on('data', (chunk) => {
      output += chunk
    })
    await once(child, 'close')

    expect(output.trim()).toBe('{ added: 0, removed: 0, modified: 0 } committed')
  })
})
