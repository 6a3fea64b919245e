import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'

const examples = resolve(import.meta.dirname, '..')

/** Runs an example as its README says, against the built packages. */
function run(name: string) {
  const folder = join(examples, name)
  const tsx = pathToFileURL(createRequire(join(folder, 'main.ts')).resolve('tsx')).href
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', tsx, 'main.ts'], {
    cwd: folder,
    encoding: 'utf8',
  })
  return { status, lines: stdout.trim().split('\n'), stderr }
}

describe('the examples', { timeout: 60_000 }, () => {
  it('embed in an Express app with users of its own', () => {
    const { status, lines, stderr } = run('01-embed-in-an-express-app')

    expect(stderr).toBe('')
    expect(lines[0]).toMatch(/^alice 201 \{"sha":"[0-9a-f]{40}","lines":\d+,"version":"7\.16\.1"\}$/)
    expect(lines[1]).toBe('bob 403 {"error":"Reading only."}')
    expect(lines[2]).toBe('mallory 403 {"error":"No such customer."}')
    expect(status).toBe(0)
  })

  it('back up a list of devices and go on when one fails', () => {
    const { status, lines } = run('02-nightly-backup-script')

    expect(lines[0]).toMatch(/^gateway: [0-9a-f]{12} \+\d+ -0$/)
    expect(lines.slice(1)).toEqual(['switched off: DEVICE_UNREACHABLE', '1 backed up, 1 failed'])
    expect(status).toBe(1)
  })

  it('take credentials from a store of one’s own', () => {
    const { status, lines, stderr } = run('03-own-credential-store')

    expect(stderr).toBe('')
    expect(lines).toEqual(['gw-1: backed up RouterOS 6.49.13', 'gw-2: CREDENTIALS_NOT_FOUND'])
    expect(status).toBe(0)
  })
})
