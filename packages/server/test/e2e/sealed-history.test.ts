import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { SshTransport } from '@tod/adapters/ssh'
import { afterEach, describe, expect, it } from 'vitest'
import { findPlaintext } from '../../../adapters/test/kill/find-plaintext.js'
import { ids, login, openTestServer, type TestServer } from '../test-server.js'
import { exportsToTry, waysIn } from './genuine-exports.js'

const hasGit = spawnSync('git', ['--version']).status === 0
if (!hasGit) console.warn('git is not installed: repositories are not checked with it.')

/** Five long words that the export has and nothing else would. */
function distinctiveStrings(text: string): readonly string[] {
  const words = new Set(
    text
      .split(/[\s=",\\]+/)
      .filter((word) => /^[\w.-]{9,}$/.test(word) && !/^(default|connection|interface)/.test(word)),
  )
  return [...words].sort((a, b) => b.length - a.length).slice(0, 5)
}

describe.each(exportsToTry())('the history of a router with $name', (router) => {
  let server: TestServer
  let way = 0
  let version = ''
  afterEach(() => server.close())

  /** Opens a server whose device is the router, reached by a way that the router admits. */
  async function open(env: Readonly<Record<string, string>> = {}): Promise<void> {
    server = await openTestServer({
      simulator: { config: router.text, listeners: waysIn(router) },
      env,
    })
    const admitted = server.router.listeners.find(
      ({ name }) => server.router.admits(name).verdict === 'accept',
    )
    expect(admitted, 'the router of this export admits nobody over SSH').toBeDefined()
    way = admitted?.port ?? 0
    await server.administer('PATCH', `/${ids.tenantA}/devices/${ids.device}`, {
      body: { port: way, legacy_algorithms: true },
    })
  }

  async function backUp(): Promise<string> {
    const response = await server.call('POST', '/backups')
    const entry = (await response.json()) as { commit_sha: string; routeros_version: string }
    expect(response.status, JSON.stringify(entry)).toBe(201)
    version = entry.routeros_version
    return entry.commit_sha
  }
  const readExport = async (sha: string) => (await server.call('GET', `/backups/${sha}/export`)).text()
  const repositories = () => join(server.directory, 'repositories')

  /** What the router itself answers to its export command, asked over SSH as anybody could. */
  async function exportOverSsh(): Promise<string> {
    const connection = await new SshTransport().connect({
      deviceId: ids.device,
      host: '127.0.0.1',
      port: way,
      legacyAlgorithms: true,
      credentials: login,
      verifyHostKey: async () => {},
    })
    const command = Number.parseInt(version, 10) < 7 ? '/export' : '/export show-sensitive'
    const { output } = await connection.exec(command)
    await connection.close()
    return Buffer.from(output).toString('latin1')
  }

  it('gives back what the router exports, byte for byte but for the time of day in its first line', async () => {
    await open()

    const sha = await backUp()
    const stored = await (await server.call('GET', `/backups/${sha}/export`)).arrayBuffer()

    const withoutTime = (text: string) => text.replace(/^(#[^\r\n]*?)\d\d:\d\d:\d\d/, '$1')
    expect(withoutTime(Buffer.from(stored).toString('latin1'))).toBe(withoutTime(await exportOverSsh()))
  })

  it.skipIf(!hasGit)('is a repository without fault for native git', async () => {
    await open()
    await backUp()
    const [repository = ''] = readdirSync(repositories())

    const output = execFileSync('git', ['fsck', '--strict', '--full'], {
      cwd: join(repositories(), repository),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })

    expect(output).toBe('')
  })

  it('holds no plaintext anywhere, and the same search finds all of it in plaintext mode', async () => {
    await open()
    const needles = distinctiveStrings(await readExport(await backUp()))
    expect(needles).toHaveLength(5)

    expect(findPlaintext(server.directory, needles)).toEqual([])

    await server.close()
    await open({ TOD_ENCRYPTION: 'plaintext' })
    await backUp()
    expect(findPlaintext(server.directory, needles)).toEqual(needles)
  })

  it('stays closed without the master key, which is not replaced by another', async () => {
    await open()
    const sha = await backUp()
    const keyFile = join(server.directory, 'master.key')
    rmSync(keyFile)

    for (const restart of [false, true]) {
      if (restart) await server.restart()
      const response = await server.call('GET', `/backups/${sha}/export`)
      expect(response.status).toBe(500)
      expect(await response.json()).toMatchObject({ detail: 'Failed to decrypt backup content' })
    }

    expect(existsSync(keyFile)).toBe(false)
    expect((await server.call('POST', '/backups')).status).toBeGreaterThanOrEqual(500)
    expect((await fetch(`${server.server.url}/readyz`)).status).toBe(503)
    expect(((await (await server.call('GET', '/backups')).json()) as unknown[]).length).toBe(1)
  })
})
