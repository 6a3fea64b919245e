import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { applyCommand } from '../../src/cli/apply-command.js'
import { conformanceCommand } from '../../src/cli/conformance-command.js'
import { exportCommand } from '../../src/cli/export-command.js'
import { fidelityCommand } from '../../src/cli/fidelity-command.js'
import { readBehaviors } from '../../src/cli/read-behaviors.js'
import { serveCommand } from '../../src/cli/serve-command.js'

let directory = ''
const path = (name: string) => join(directory, name)

const config = `# 2026-01-05 10:00:00 by RouterOS 7.16.1
# software id = ABCD-1234
#
# model = RB5009UG+S+
# serial number = AB12345CD67
/interface bridge
add name=bridge1
/ip address
add address=192.0.2.1/24 interface=bridge1
/system identity
set name=cli
`

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'routeros-sim-'))
  await writeFile(path('router.rsc'), config)
  await writeFile(path('good.rsc'), '/ip firewall address-list\nadd address=198.51.100.1 list=x\n')
  await writeFile(
    path('bad.rsc'),
    '/ip firewall address-list\nadd address=198.51.100.1 list=x\nadd adress=1\n',
  )
})

afterAll(() => rm(directory, { recursive: true }))

/** Runs a subcommand as a shell would and returns what it wrote. */
async function run(command: Command, ...args: string[]) {
  let stdout = ''
  let stderr = ''
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    stdout += chunk.toString()
    return true
  })
  const err = vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    stderr += chunk.toString()
    return true
  })
  const before = process.exitCode
  process.exitCode = undefined
  try {
    await command.parseAsync(args, { from: 'user' })
    return { stdout, stderr, status: process.exitCode ?? 0 }
  } finally {
    out.mockRestore()
    err.mockRestore()
    process.exitCode = before
  }
}

describe('routeros-sim export', () => {
  it('prints what the router would export, whatever the spelling of the file', async () => {
    await writeFile(
      path('loose.rsc'),
      '/interface bridge add name="bridge1"\n/ip/address\nadd interface=bridge1 address=192.0.2.1/24\n/system identity set name=cli\n',
    )

    const strict = await run(exportCommand(), path('router.rsc'))
    const loose = await run(exportCommand(), path('loose.rsc'), '--version', '7.16.1')

    const body = (text: string) => text.replace(/^#.*\n/gm, '')
    expect(body(loose.stdout)).toBe(body(strict.stdout))
    expect(strict.stdout).toContain('# model = RB5009UG+S+\n')
  })
})

describe('routeros-sim apply', () => {
  it('prints the export after a good import, with status 0', async () => {
    const { stdout, stderr, status } = await run(
      applyCommand(),
      '--config',
      path('router.rsc'),
      '--script',
      path('good.rsc'),
    )

    expect(stdout).toContain('add address=198.51.100.1 list=x')
    expect([stderr, status]).toEqual(['', 0])
  })

  it("tells the router's error with status 1 after a bad one", async () => {
    const { stdout, stderr, status } = await run(
      applyCommand(),
      '--config',
      path('router.rsc'),
      '--script',
      path('bad.rsc'),
    )

    expect(stdout).toContain('add address=198.51.100.1 list=x')
    expect([stderr, status]).toEqual(['Script Error: bad parameter adress (line 3 column 5)\n', 1])
  })
})

describe('routeros-sim fidelity', () => {
  it('counts identical files and lines, as text and as JSON', async () => {
    await writeFile(path('odd.txt'), 'not looked at')

    const text = await run(fidelityCommand(), path('router.rsc'))
    const json = await run(fidelityCommand(), path('router.rsc'), '--json')

    expect(text.stdout).toContain('1 of 1 files identical (100.00 %)')
    expect(JSON.parse(json.stdout).summary).toMatchObject({ files: 1, identicalFiles: 1, differences: {} })
  })

  it('names what it passes over, and counts apart what somebody was at', async () => {
    const folder = path('mixed')
    await mkdir(join(folder, 'folder.rsc'), { recursive: true })
    await writeFile(join(folder, 'whole.rsc'), config)
    await writeFile(join(folder, 'edited.rsc'), config.replace('/ip address', '\n/ip address'))
    await writeFile(join(folder, 'script.rsc'), ':put hello\n')
    await symlink(join(folder, 'nowhere'), join(folder, 'lost.rsc'))

    const { stdout, status } = await run(fidelityCommand(), folder)
    const { untouched, skipped } = JSON.parse((await run(fidelityCommand(), folder, '--json')).stdout)

    expect(status).toBe(0)
    expect(stdout).toContain('script.rsc: skipped, it holds no add or set\n')
    expect(stdout).toContain('lost.rsc: skipped, it cannot be read: ENOENT')
    expect(stdout).toContain('2 of 2 files identical')
    expect(stdout).toContain('1 of 1 untouched files identical')
    expect(untouched.files).toBe(1)
    expect(skipped).toHaveLength(2)
  })
})

describe('routeros-sim conformance', () => {
  it('only lists what it would do unless told to do it', async () => {
    const { stdout, status } = await run(conformanceCommand(), '--host', '192.0.2.99', '--user', 'admin')

    expect(stdout).toContain('backup-format: saves the backup tod-probe, fetches it, removes it')
    expect(stdout).toContain('Nothing was done.')
    expect(status).toBe(0)
  })
})

describe('a named behaviour', () => {
  it('goes to the SSH side or the engine by its name', () => {
    expect(readBehaviors(['lost-session=continue', 'device-mode=home', 'sftp-rename=accept'])).toEqual({
      ssh: { jobOfLostSession: 'continue', sftpRename: 'accept' },
      options: { 'device-mode': 'home' },
    })
  })

  it('is refused with a value that it does not have', () => {
    expect(() => readBehaviors(['lost-session=maybe'])).toThrow('lost-session is one of: end, continue.')
    expect(() => readBehaviors(['flagged'])).toThrow('Not name=value')
  })
})

describe('routeros-sim serve', () => {
  it('refuses a clock that nobody outside could move, and scenarios that do not exist', async () => {
    await expect(run(serveCommand(), '--clock', 'virtual')).rejects.toThrow('use real or scaled')
    await expect(run(serveCommand(), '--scenario', 'moon')).rejects.toThrow('Known: small-office')
  })

  it.each([
    ['--port', 'abc', '--port takes a port from 0 to 65535, not abc.'],
    ['--fleet', '0', '--fleet takes a whole number from 1, not 0.'],
    ['--seed', 'x', '--seed takes a whole number from 0, not x.'],
    ['--capacity', 'lots', '--capacity takes a whole number from 0, not lots.'],
    ['--listen', 'a:b', '--listen takes a port from 0 to 65535, not b.'],
    ['--option', 'sceduler=no', /No such option: sceduler. Known: import-parse,.* lost-session,/],
    ['--option', 'device-mode=work', 'device-mode is one of: advanced, basic, home, rose.'],
    ['--version', 'seven', 'Not a RouterOS version: seven. Write it as 7.16.1 or 7.18beta4.'],
    ['--interface', 'ether1', '--interface needs --source'],
    ['--config', '/absent.rsc', 'Cannot read /absent.rsc: no such file.'],
    ['--fault', 'dorp', 'No such fault: dorp. Known: refuse-connection'],
  ])('says what is wrong with %s %s', async (flag, value, message) => {
    await expect(run(serveCommand(), flag, value)).rejects.toThrow(message)
  })

  it('does not take a file in UTF-16 for a router without configuration', async () => {
    await writeFile(path('utf-16.rsc'), Buffer.from(`\ufeff${config}`, 'utf16le'))

    await expect(run(serveCommand(), '--config', path('utf-16.rsc'))).rejects.toThrow('it is UTF-16')
  })

  it('takes a config or a scenario, not both', async () => {
    const both = run(serveCommand(), '--config', path('router.rsc'), '--scenario', 'small-office')

    await expect(both).rejects.toThrow('not both')
  })
})
