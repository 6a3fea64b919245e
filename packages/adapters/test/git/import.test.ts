import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { TransitSecretBox } from '@tod/adapters/crypto'
import {
  type ForeignRevision,
  IsomorphicGitStore,
  importRevisions,
  openImportSource,
  planImport,
} from '@tod/adapters/git'
import type { Device } from '@tod/core'
import { InMemoryRunRepository, InMemorySecretBox, testIds, testScope } from '@tod/core/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TransitServer } from '../crypto/transit-server.js'
import { hasGit } from './temporary-repositories.js'

const scope = testScope()
let root: string
let source: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tod-import-'))
  source = join(root, 'source')
  await mkdir(source)
})

afterEach(async () => {
  await rm(root, { recursive: true })
})

function exportText(version: number): string {
  return `# 2026-01-0${version} 10:00:00 by RouterOS 7.16.2\r\n/system identity\r\nset name=r${version}\r\n`
}

/** Commits files of a work tree at a date. */
async function commit(files: Record<string, string>, message: string, date: string): Promise<string> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(source, path)), { recursive: true })
    await writeFile(join(source, path), content)
  }
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', source, '-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], {
      encoding: 'utf8',
      env: { ...process.env, HOME: root, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
    })
  if (!(await readdir(source)).includes('.git')) git('init', '-q', '-b', 'main')
  git('add', '-A')
  git('commit', '-q', '-m', message)
  return git('rev-parse', 'HEAD').trim()
}

async function allRevisions(): Promise<ForeignRevision[]> {
  const revisions: ForeignRevision[] = []
  for await (const revision of (await openImportSource(source)).revisions(() => undefined)) {
    revisions.push(revision)
  }
  return revisions
}

const devices: Record<string, string> = { north: testIds.device1, south: testIds.device2 }

function deviceFor(name: string): Device | undefined {
  const deviceId = devices[name]
  if (deviceId === undefined) return undefined
  return { deviceId, tenantId: scope.tenantId, name, host: '192.0.2.1', port: 22 }
}

function openTarget() {
  const git = new IsomorphicGitStore({ root: join(root, 'target') })
  return { git, secretBox: new InMemorySecretBox(), runs: new InMemoryRunRepository() }
}

async function textOf(ports: ReturnType<typeof openTarget>, deviceId: string, commitSha: string) {
  const sealed = await ports.git.read(scope, { deviceId, commitSha, file: 'export.rsc' })
  return Buffer.from(await ports.secretBox.open(scope, { deviceId, file: 'export.rsc' }, sealed)).toString(
    'latin1',
  )
}

describe.skipIf(!hasGit)('an import from git', () => {
  it('brings the history of a folder per device with its dates, triggers and binaries', async () => {
    await commit(
      { 'north/export.rsc': exportText(1), 'north/backup.bin': 'bin 1' },
      'checkpoint: a',
      '2026-01-01T10:00:00Z',
    )
    await commit({ 'south/export.rsc': exportText(2) }, 'manual: b', '2026-01-02T10:00:00Z')
    await commit(
      { 'north/export.rsc': exportText(3), 'north/backup.bin': 'bin 3' },
      'nightly run',
      '2026-01-03T10:00:00Z',
    )
    const ports = openTarget()

    const report = await importRevisions(ports, scope, await openImportSource(source), { deviceFor })

    expect(report).toEqual({ imported: 3, alreadyThere: 0, skipped: [] })
    const history = await ports.git.history(scope, { deviceId: testIds.device1 })
    expect(
      history.map(({ createdAt, trailers }) => [new Date(createdAt).toISOString(), trailers?.trigger]),
    ).toEqual([
      ['2026-01-03T10:00:00.000Z', 'scheduled'],
      ['2026-01-01T10:00:00.000Z', 'checkpoint'],
    ])
    expect(await textOf(ports, testIds.device1, history[1]?.commitSha ?? '')).toBe(exportText(1))
    const rows = await ports.runs.list(scope, testIds.device1)
    expect(
      rows.map(({ linesAdded, linesRemoved, binaryBytes }) => ({ linesAdded, linesRemoved, binaryBytes })),
    ).toEqual([
      { linesAdded: 1, linesRemoved: 1, binaryBytes: 5 },
      { linesAdded: 2, linesRemoved: 0, binaryBytes: 5 },
    ])
  })

  it('reads a file per device, as Oxidized and RANCID write it, and passes over what is no configuration', async () => {
    await commit(
      {
        north: exportText(1),
        'configs/south': exportText(1),
        'switch-1': 'hostname switch-1\n',
        'router.db': 'north:up\n',
      },
      'update north',
      '2026-01-01T10:00:00Z',
    )
    await commit({ north: exportText(2) }, 'update north', '2026-01-02T10:00:00Z')

    const plan = await planImport(await openImportSource(source))

    expect(plan.kind).toBe('git')
    expect(plan.devices.map(({ deviceName, revisions }) => ({ deviceName, revisions }))).toEqual([
      { deviceName: 'south', revisions: 1 },
      { deviceName: 'north', revisions: 2 },
    ])
    expect(plan.skipped.map((file) => file.path).sort()).toEqual(['router.db', 'switch-1'])
  })

  it('tells devices of one name apart by their path, and knows one that was moved', async () => {
    await commit(
      { 'a/gw': exportText(1), 'b/gw': exportText(2), 'c/one.rsc': exportText(1), 'c/one.backup': 'bin 1' },
      '1',
      '2026-01-01T10:00:00Z',
    )
    await rm(join(source, 'c'), { recursive: true })
    await commit({ 'd/one.rsc': exportText(2), 'b/gw': exportText(3) }, '2', '2026-01-02T10:00:00Z')

    const revisions = await allRevisions()

    expect(revisions.map(({ deviceName, binary }) => [deviceName, binary?.length ?? 0])).toEqual([
      ['gw', 0],
      ['b/gw', 0],
      ['one', 5],
      ['b/gw', 0],
      ['one', 0],
    ])
  })

  it('opens what the other system has sealed with a Transit engine, and seals it anew', async () => {
    const server = new TransitServer()
    const address = await server.start()
    const foreignBox = new TransitSecretBox({
      address,
      token: server.issueToken(),
      foreignKeyName: () => 'their-key',
    })
    try {
      const sealed = (text: string) => server.encryptAsOthers('their-key', text)
      await commit(
        { 'north/export.rsc': sealed(exportText(1)), 'north/backup.bin': sealed('bin 1') },
        'scheduled: a',
        '2026-01-01T10:00:00Z',
      )
      const ports = openTarget()
      expect(await planImport(await openImportSource(source))).toMatchObject({ sealedRevisions: 1 })

      await importRevisions(ports, scope, await openImportSource(source), { deviceFor, foreignBox })

      const head = await ports.git.head(scope, testIds.device1)
      expect(await textOf(ports, testIds.device1, head?.commitSha ?? '')).toBe(exportText(1))
      expect((await ports.runs.list(scope, testIds.device1))[0]).toMatchObject({ binaryBytes: 5 })
    } finally {
      foreignBox.close()
      await server.stop()
    }
  })

  it('brings nothing twice and goes on where it was stopped', async () => {
    await commit({ north: exportText(1) }, 'one', '2026-01-01T10:00:00Z')
    const ports = openTarget()
    await importRevisions(ports, scope, await openImportSource(source), { deviceFor })
    await commit({ north: exportText(2) }, 'two', '2026-01-02T10:00:00Z')

    const again = await importRevisions(ports, scope, await openImportSource(source), { deviceFor })

    expect(again).toMatchObject({ imported: 1, alreadyThere: 1 })
    expect(await ports.git.history(scope, { deviceId: testIds.device1 })).toHaveLength(2)
  })

  it('refuses a device that has revisions of its own, and changes nothing at the source', async () => {
    const head = await commit({ north: exportText(1) }, 'one', '2026-01-01T10:00:00Z')
    const ports = openTarget()
    await importRevisions(ports, scope, await openImportSource(source), { deviceFor })
    await rm(join(source, '.git'), { recursive: true })
    await commit({ north: exportText(2) }, 'another history', '2026-01-05T10:00:00Z')
    const before = execFileSync('git', ['-C', source, 'rev-parse', 'HEAD'], { encoding: 'utf8' })

    await expect(
      importRevisions(ports, scope, await openImportSource(source), { deviceFor }),
    ).rejects.toMatchObject({ code: 'REQUEST_INVALID' })

    expect(execFileSync('git', ['-C', source, 'rev-parse', 'HEAD'], { encoding: 'utf8' })).toBe(before)
    expect(head).not.toBe(before.trim())
  })
})

describe('an import from a folder', () => {
  it('takes dates from names or files, and a binary with the export of the same name', async () => {
    await writeFile(join(source, 'north-20260103-1015.rsc'), exportText(3))
    await writeFile(join(source, 'north-20260103-1015.backup'), 'bin')
    await writeFile(join(source, 'north-20260101.rsc'), exportText(1))
    await mkdir(join(source, 'south'))
    await writeFile(join(source, 'south', 'latest.rsc'), exportText(2))
    await utimes(join(source, 'south', 'latest.rsc'), 1_767_355_200, 1_767_355_200)
    await writeFile(join(source, 'notes.txt'), 'x')
    await writeFile(join(source, 'alone.backup'), 'x')
    await writeFile(join(source, 'broken.rsc'), 'nothing of the kind')
    const ports = openTarget()

    const report = await importRevisions(ports, scope, await openImportSource(source), { deviceFor })

    expect(report.imported).toBe(3)
    expect(report.skipped.map((file) => file.path).sort()).toEqual([
      'alone.backup',
      'broken.rsc',
      'notes.txt',
    ])
    const history = await ports.git.history(scope, { deviceId: testIds.device1 })
    expect(
      history.map(({ createdAt, files }) => [new Date(createdAt).toISOString(), 'backup.bin' in files]),
    ).toEqual([
      ['2026-01-03T10:15:00.000Z', true],
      ['2026-01-01T00:00:00.000Z', false],
    ])
    expect((await ports.git.head(scope, testIds.device2))?.createdAt).toBe(1_767_355_200_000)
  })

  it.each([
    ['2026-01-03/north.rsc', 'north', '2026-01-03T00:00:00.000Z'],
    ['site/2026-01-03_0410/south.rsc', 'south', '2026-01-03T04:10:00.000Z'],
    ['site/north/20260103.rsc', 'north', '2026-01-03T00:00:00.000Z'],
    ['north/2026/20260103.rsc', 'north', '2026-01-03T00:00:00.000Z'],
    ['north/daily-20260103.rsc', 'north', '2026-01-03T00:00:00.000Z'],
    ['all/edge-20260103.rsc', 'edge', '2026-01-03T00:00:00.000Z'],
    ['all/export-of-core.rsc', 'export-of-core', '2026-01-01T00:00:00.000Z'],
  ])('finds of %s the device %s', async (path, deviceName, at) => {
    const others = ['all/core-20260101.rsc', 'north/weekly-20260101.rsc']
    for (const file of [...others, path]) {
      await mkdir(dirname(join(source, file)), { recursive: true })
      await writeFile(join(source, file), exportText(1))
      await utimes(join(source, file), 1_767_225_600, 1_767_225_600)
    }

    const revisions = await allRevisions()

    const found = revisions.find(({ origin }) => origin === path)
    expect(found?.deviceName).toBe(deviceName)
    expect(new Date(found?.createdAt ?? 0).toISOString()).toBe(at)
  })

  it('only counts in a dry run', async () => {
    await writeFile(join(source, 'north.rsc'), exportText(1))
    const before = (await stat(join(source, 'north.rsc'))).mtimeMs

    const plan = await planImport(await openImportSource(source))

    expect(plan).toMatchObject({
      kind: 'files',
      devices: [{ deviceName: 'north', revisions: 1 }],
      skipped: [],
    })
    expect(await readdir(root)).toEqual(['source'])
    expect((await stat(join(source, 'north.rsc'))).mtimeMs).toBe(before)
  })
})
