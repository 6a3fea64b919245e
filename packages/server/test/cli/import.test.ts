import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { runTod } from '../../src/cli/run-tod.js'

const exportOf = (name: string) =>
  `# 2026-01-05 09:00:00 by RouterOS 7.16.1\n# software id = AB12-CD34\n#\n/system identity\nset name=${name}\n`

describe('tod import', () => {
  let directory: string
  let source: string

  async function tod(args: readonly string[]) {
    let [out, err] = ['', '']
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
      readInput: async () => '',
    })
    return { code, out, err, text: Buffer.concat(chunks).toString('utf8') }
  }

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tod-import-'))
    vi.stubEnv('TOD_DATA', join(directory, 'data'))
    source = join(directory, 'old-backups')
    await mkdir(source)
    for (const name of ['edge', 'core']) await writeFile(join(source, `${name}.rsc`), exportOf(name))
    await tod(['tenant', 'add', 'acme'])
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await rm(directory, { recursive: true, force: true })
  })

  it('first only shows what it would bring', async () => {
    const { code, out, err } = await tod(['import', source])

    expect(code).toBe(0)
    expect(out).toMatch(/^core +1 /m)
    expect(err).toContain('dry run')
    expect(JSON.parse((await tod(['device', 'list', '--json'])).out)).toEqual([])
  })

  it('brings the exports in, once, and leaves the source as it was', async () => {
    const first = JSON.parse((await tod(['import', source, '--apply', '--json'])).out)
    const again = JSON.parse((await tod(['import', source, '--apply', '--json'])).out)
    const [entry] = JSON.parse((await tod(['list', 'edge', '--json'])).out)

    expect(first).toMatchObject({ imported: 2, devices: 2 })
    expect(again).toMatchObject({ imported: 0, already_there: 2 })
    expect((await tod(['export', 'edge', entry.commit_sha])).text).toBe(exportOf('edge'))
    expect(await readdir(source)).toEqual(['core.rsc', 'edge.rsc'])
    expect(await readFile(join(source, 'edge.rsc'), 'utf8')).toBe(exportOf('edge'))
  })

  it('says so when the source is not there', async () => {
    const { code, err } = await tod(['import', join(directory, 'nowhere')])

    expect(err).toMatch(/^tod: /)
    expect(code).not.toBe(0)
  })
})
