import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { findPlaintext } from '../../../adapters/test/kill/find-plaintext.js'
import { openTestServer, type TestServer } from '../test-server.js'

const corpus = resolve(import.meta.dirname, '../../../../../shared/corpus/exports')

const hasGit = spawnSync('git', ['--version']).status === 0
if (!hasGit) console.warn('git is not installed: repositories are not checked with it.')

const ownExport = `# 2026-01-05 09:00:00 by RouterOS 7.16.1
# software id =
#
/interface bridge
add name=bridge-of-the-plaintext-hunt
/ppp secret
add name=first-known-customer password=first-known-secret
add name=second-known-customer password=second-known-secret
/system identity
set name=gateway-of-the-plaintext-hunt
/snmp
set contact="somebody who is easy to find" enabled=yes
`

/** Genuine exports of v6 and v7 where they are at hand; our own one everywhere. */
function configs(): readonly (readonly [string, string])[] {
  const own = ['an export of our own', ownExport] as const
  if (!existsSync(corpus)) {
    console.warn('The corpus of genuine exports is not here: this runs on an export of our own only.')
    return [own]
  }
  const genuine = ['020-', '043-', '120-', '150-'].flatMap((prefix) => {
    const file = readdirSync(corpus).find((name) => name.startsWith(prefix))
    return file === undefined
      ? []
      : [[`genuine export ${prefix.slice(0, 3)}`, readFileSync(join(corpus, file), 'latin1')] as const]
  })
  return [own, ...genuine]
}

/** Five long words that the export has and nothing else would. */
function distinctiveStrings(text: string): readonly string[] {
  const words = new Set(
    text
      .split(/[\s=",\\]+/)
      .filter((word) => /^[\w.-]{9,}$/.test(word) && !/^(default|connection|interface)/.test(word)),
  )
  return [...words].sort((a, b) => b.length - a.length).slice(0, 5)
}

describe.each(configs())('the history of a router with %s', (_name, config) => {
  let server: TestServer
  afterEach(() => server.close())

  async function backUp(): Promise<string> {
    const response = await server.call('POST', '/backups')
    const entry = (await response.json()) as { commit_sha: string }
    expect(response.status, JSON.stringify(entry)).toBe(201)
    return entry.commit_sha
  }
  const readExport = async (sha: string) => (await server.call('GET', `/backups/${sha}/export`)).text()
  const repositories = () => join(server.directory, 'repositories')

  it('gives back what the router exported, byte for byte but for the time of day', async () => {
    server = await openTestServer({ simulator: { config } })

    const stored = await readExport(await backUp())

    const withoutDate = (text: string) => text.replace(/^#[^\r\n]*/, '')
    const printed = server.router.exportText({ showSensitive: true }).replaceAll('\n', '\r\n')
    expect(Buffer.from(withoutDate(stored), 'utf8').equals(Buffer.from(withoutDate(printed), 'utf8'))).toBe(
      true,
    )
  })

  it.skipIf(!hasGit)('is a repository without fault for native git', async () => {
    server = await openTestServer({ simulator: { config } })
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
    server = await openTestServer({ simulator: { config } })
    const needles = distinctiveStrings(await readExport(await backUp()))
    expect(needles).toHaveLength(5)

    expect(findPlaintext(server.directory, needles)).toEqual([])

    await server.close()
    server = await openTestServer({ simulator: { config }, env: { TOD_ENCRYPTION: 'plaintext' } })
    await backUp()
    expect(findPlaintext(server.directory, needles)).toEqual(needles)
  })

  it('stays closed without the master key, which is not replaced by another', async () => {
    server = await openTestServer({ simulator: { config } })
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
