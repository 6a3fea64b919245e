import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Simulator, startSimulator } from '@tod/routeros-sim'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { runTod } from '../../src/cli/run-tod.js'
import { createTokenVerifier } from '../../src/http/token-verifier.js'
import { jwtTrust, readConfig } from '../../src/index.js'

const password = 'a password that nobody may see'

describe('the command tod', () => {
  let directory: string
  let simulator: Simulator
  let port: number

  /** Runs a command as a shell would, with its output caught. */
  async function tod(args: readonly string[], input = '') {
    let out = ''
    let err = ''
    const chunks: Uint8Array[] = []
    const code = await runTod(args, {
      out: (text) => {
        out += text
      },
      err: (text) => {
        err += text
      },
      outBytes: (bytes) => chunks.push(bytes),
      isTerminal: false,
      readInput: async () => input,
    })
    return { code, out, err, bytes: Buffer.concat(chunks) }
  }
  async function json(args: readonly string[]) {
    const { out, err } = await tod([...args, '--json'])
    expect(err).not.toMatch(/^tod: /m)
    return JSON.parse(out)
  }

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tod-cli-'))
    vi.stubEnv('TOD_DATA', join(directory, 'data'))
    vi.stubEnv('TOD_CLOCK_SCALE', '5')
    vi.stubEnv('TOD_SETTLE_WINDOW_MS', '5000')
    simulator = await startSimulator({
      version: '7.16.1',
      user: 'backup',
      password,
      clock: 'scaled:5',
      listeners: [{}],
    })
    port = simulator.router.listeners[0]?.port ?? 0
    await tod(['tenant', 'add', 'acme'])
    await tod(
      [
        'device',
        'add',
        '--name',
        'gw',
        '--host',
        '127.0.0.1',
        '--port',
        String(port),
        '--user',
        'backup',
        '--password-stdin',
      ],
      `${password}\n`,
    )
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    await simulator.stop()
    await rm(directory, { recursive: true, force: true })
  })

  it('backs a device up, lists it and gives the export back', async () => {
    const entry = await json(['backup', 'gw'])
    const listed = await tod(['list', 'gw'])
    const { bytes } = await tod(['export', 'gw', entry.commit_sha.slice(0, 8)])

    expect(listed.out).toContain(entry.commit_sha.slice(0, 12))
    expect(bytes.toString('latin1')).toMatch(/^# .* by RouterOS 7\.16\.1/)
  })

  it('keeps its folder and keys from others', async () => {
    const data = join(directory, 'data')

    expect((await stat(data)).mode & 0o077).toBe(0)
    expect((await stat(join(data, 'master.key'))).mode & 0o077).toBe(0)
    expect((await readdir(data)).sort()).toEqual(
      expect.arrayContaining(['master.key', 'repositories', 'tod.sqlite']),
    )
  })

  it('previews and restores, and tells each stage', async () => {
    const entry = await json(['backup', 'gw', '--checkpoint'])
    await tod(['device', 'list'])
    const before = simulator.router.significantText()
    const { local } = await openDevice()
    await local.exec('/system identity set name=changed')
    await local.close()

    const preview = await tod(['restore', 'gw', entry.commit_sha, '--preview'])
    const restored = await tod(['restore', 'gw', entry.commit_sha, '--on-lockout', 'proceed'])

    expect(preview.out).toContain('/system identity')
    expect(restored.err).toMatch(/locked:[\s\S]*armed:[\s\S]*settling:[\s\S]*committed:/)
    expect(restored.err).toMatch(/settling: .*\(guard: \d+ s left\)/)
    expect(restored.out).toMatch(/^committed: /)
    expect(restored.code).toBe(0)
    expect(simulator.router.significantText()).toBe(before)
    expect(simulator.router.schedulers()).toEqual([])
  })

  it('reads a revision with nothing but the repository and the master key', async () => {
    const [entry] = await json(['list', 'gw'])
    const [repository = ''] = await readdir(join(directory, 'data', 'repositories'))
    const path = join(directory, 'data', 'repositories', repository)
    const viaServer = await tod(['export', 'gw', entry.commit_sha])

    const opened = await tod([
      'open',
      path,
      entry.commit_sha,
      '--master-key',
      join(directory, 'data', 'master.key'),
    ])
    const unknown = await tod([
      'open',
      path,
      '0123456',
      '--master-key',
      join(directory, 'data', 'master.key'),
    ])
    expect(unknown).toMatchObject({ code: 2, err: expect.stringContaining("no revision '0123456'") })
    const kit = join(directory, 'kit.txt')
    await tod(['keys', 'export', kit])
    const openedByKit = await tod(['open', path, entry.commit_sha, '--kit', kit])

    expect(opened.bytes.equals(viaServer.bytes)).toBe(true)
    expect(openedByKit.bytes.equals(viaServer.bytes)).toBe(true)
  })

  it('rotates keys, after which old and new revisions are readable', async () => {
    const [old] = await json(['list', 'gw'])

    for (const what of ['master', 'tenant', 'data'])
      expect((await tod(['keys', 'rotate', what])).code).toBe(0)
    const fresh = await json(['backup', 'gw'])

    for (const sha of [old.commit_sha, fresh.commit_sha])
      expect((await tod(['export', 'gw', sha])).code).toBe(0)
  })

  it('shows and changes the settings of the tenant, and refuses what is none', async () => {
    expect(await json(['tenant', 'settings'])).toMatchObject({ binary_backup: 'always', secrets: 'include' })
    await json(['tenant', 'settings', '--binary-backup', 'on-change'])
    await json(['tenant', 'settings', '--settle-window-ms', '1000'])

    expect(await json(['tenant', 'settings'])).toMatchObject({
      binary_backup: 'on-change',
      settle_window_ms: 1000,
    })
    expect((await tod(['tenant', 'settings', '--secrets', 'perhaps'])).code).toBe(2)
    await json(['tenant', 'settings', '--binary-backup', 'always', '--settle-window-ms', '60000'])
  })

  it('verifies, compacts and counts the repository', async () => {
    expect(await json(['storage', 'verify'])).toEqual([])
    expect((await json(['storage', 'compact'])).bytes_after).toBeGreaterThan(0)
    expect((await json(['storage', 'stats'])).devices).toBe(1)
    expect((await tod(['storage', 'verify'])).code).toBe(0)
  })

  it('makes all rows again from the repository', async () => {
    const rows = (await json(['list', 'gw'])).length

    expect((await json(['reindex'])).revisions).toBe(rows)
    expect((await json(['list', 'gw'])).length).toBe(rows)
  })

  it('drops what no rule keeps and says how much, first without doing it', async () => {
    const before = (await json(['list', 'gw'])).length
    const dry = await json(['storage', 'retain', '--last', '1', '--dry-run'])
    const untouched = (await json(['list', 'gw'])).length
    const done = await json(['storage', 'retain', '--last', '1'])

    expect(untouched).toBe(before)
    expect(done.dropped_revisions).toBe(dry.dropped_revisions)
    expect((await json(['list', 'gw'])).length).toBe(before - done.dropped_revisions)
    expect((await tod(['storage', 'verify'])).code).toBe(0)
  })

  it.each([
    [['backup', 'nowhere'], 2, /not found/],
    [['storage', 'retain'], 2, /--last/],
    [['keys', 'rotate', 'everything'], 2, /master, tenant, data/],
    [['nonsense'], 2, /unknown command/],
    [['list', 'gw', '--limit', 'many'], 2, /whole number from 1 to 1000/],
    [['restore', 'gw', 'abcd', '--on-lockout', 'perhaps'], 2, /refuse, proceed/],
    [['device', 'add', '--name', 'x', '--host', 'a host'], 2, /host name or an address/],
    [['device', 'set', 'gw', '--password-env', 'HOME'], 2, /--user/],
    [['tenant', 'add', 'x', '--id', 'mine'], 2, /UUID/],
    [['tenant', 'remove', 'acme'], 2, /has devices/],
    [['rollback', 'gw', '--on-lockout', 'proceed', 'more'], 2, /too many arguments/],
    [['restore', 'gw', '0123456789'], 2, /REVISION_NOT_FOUND/],
    [['--tenant', 'nobody', 'list', 'gw'], 2, /no tenant 'nobody'/],
    [['serve', '--port', 'many'], 2, /whole number from 0 to 65535/],
    [['device', 'set', 'gw', '--user', 'x', '--key', '/nowhere/key'], 2, /'\/nowhere\/key' cannot be read/],
  ])('says what is wrong with %j', async (args, code, text) => {
    const result = await tod(args)

    expect(result.err).toMatch(text)
    expect(result.code).toBe(code)
  })

  it('says times in JSON as HTTP does, and in each help what every command takes', async () => {
    const [tenant] = await json(['tenant', 'list'])

    expect(tenant).toMatchObject({ name: 'acme', created_at: expect.stringMatching(/^\d{4}-.*Z$/) })
    expect((await tod(['storage', 'retain', '--help'])).out).toMatch(/--tenant <id or name>/)
  })

  it('mints tokens that the server of this folder believes', async () => {
    const { out, code } = await tod(['token', '--role', 'viewer', '--hours', '1'])
    const trust = jwtTrust(readConfig({ TOD_DATA: join(directory, 'data') }))
    const claims = await createTokenVerifier(trust)(out.trim())

    expect(code).toBe(0)
    expect(claims).toMatchObject({ role: 'viewer' })
    expect((await stat(join(directory, 'data', 'jwt.secret'))).mode & 0o077).toBe(0)
    expect((await tod(['token', '--role', 'wizard'])).code).toBe(2)
  })

  it('makes, lists and revokes API keys, and shows their text once', async () => {
    const added = await json(['api-key', 'add', 'monitoring', '--scope', 'config:read', '--days', '30'])
    const listed = await tod(['api-key', 'list'])

    expect(added.token).toMatch(/^mktp_/)
    expect(listed.out).toContain('monitoring')
    expect(await json(['api-key', 'list'])).toMatchObject([
      { key_id: added.key_id, scopes: ['config:read'], expires_at: expect.stringMatching(/^\d{4}-.*Z$/) },
    ])
    expect(listed.out).not.toContain(added.token)
    expect((await tod(['api-key', 'revoke', added.key_id])).code).toBe(0)
    expect((await tod(['api-key', 'revoke', added.key_id])).code).toBe(2)
    expect((await tod(['api-key', 'add', 'x', '--scope', 'everything'])).code).toBe(2)
  })

  it('shows and changes the schedule of a device', async () => {
    expect((await json(['schedule', 'gw'])).is_default).toBe(true)
    expect((await json(['schedule', 'gw', '30 1 * * *'])).cron_expression).toBe('30 1 * * *')
    expect((await json(['schedule', 'gw', '--off'])).enabled).toBe(false)
    expect((await json(['schedule', 'gw', '--default'])).is_default).toBe(true)
    expect((await tod(['schedule', 'gw', 'nonsense'])).code).toBe(2)
  })

  it('helps with examples', async () => {
    const { code, out } = await tod(['device', 'add', '--help'])

    expect(out).toContain('Example:')
    expect(code).toBe(0)
    expect((await tod(['--help'])).out).toContain('First steps:')
  })

  async function openDevice() {
    const { SshTransport } = await import('@tod/adapters/ssh')
    const local = await new SshTransport().connect({
      deviceId: 'gw',
      host: '127.0.0.1',
      port,
      credentials: { username: 'backup', password },
      verifyHostKey: async () => {},
    })
    return { local }
  }
})
