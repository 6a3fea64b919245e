import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type FileSystem, GitRepositoryMaintenance, IsomorphicGitStore } from '@tod/adapters/git'
import type { NewRevision } from '@tod/core'
import { sampleTrailers, testIds, testScope } from '@tod/core/testing'

const run = promisify(execFile)

/** True where native git can check what we wrote. */
export const hasGit = spawnSync('git', ['--version']).status === 0

/** A store in a folder of its own, which `close` removes. */
export async function openTemporaryRepositories(fs?: FileSystem) {
  const root = await mkdtemp(join(tmpdir(), 'tod-git-'))
  const options = { root, lock: { waitMs: 5_000 }, ...(fs === undefined ? {} : { fs }) }
  const store = new IsomorphicGitStore(options)
  const maintenance = new GitRepositoryMaintenance(options)
  const scope = testScope()
  const gitDirectory = join(root, `${scope.tenantId}.git`)
  return {
    root,
    store,
    maintenance,
    scope,
    gitDirectory,
    /** Runs native git in the tenant's repository. */
    git: async (...args: string[]) => {
      const environment = { ...process.env, GIT_CONFIG_NOSYSTEM: '1', HOME: root }
      const options = { cwd: gitDirectory, env: environment, maxBuffer: 64 * 1024 * 1024 }
      const { stdout, stderr } = await run('git', ['--git-dir', gitDirectory, ...args], options)
      return `${stdout}${stderr}`
    },
    /** Records a revision after the newest one and returns its sha. */
    record: async (text: string, changes: Partial<NewRevision> = {}) => {
      const deviceId = changes.deviceId ?? testIds.device1
      const head = await store.head(scope, deviceId)
      const { commitSha } = await store.record(scope, newRevision(text, head?.commitSha ?? null, changes))
      return commitSha
    },
    close: async () => {
      await store.close()
      await maintenance.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}

/** A revision whose three files are made of a text. */
export function newRevision(
  text: string,
  expectedParent: string | null,
  changes: Partial<NewRevision> = {},
): NewRevision {
  const deviceId = changes.deviceId ?? testIds.device1
  return {
    deviceId,
    files: {
      'export.rsc': Buffer.from(`export ${text}`),
      'backup.bin': Buffer.from(`binary ${text}`),
      'meta.json': Buffer.from(`meta ${text}`),
    },
    subject: `manual: ${deviceId}`,
    trailers: sampleTrailers(),
    createdAt: Date.UTC(2026, 0, 5, 10, 0, 0),
    expectedParent,
    ...changes,
  }
}

/** Paths of all loose object files. */
export async function looseObjectFiles(gitDirectory: string): Promise<string[]> {
  const files: string[] = []
  for (const folder of await readdir(join(gitDirectory, 'objects'))) {
    if (!/^[0-9a-f]{2}$/.test(folder)) continue
    for (const name of await readdir(join(gitDirectory, 'objects', folder))) {
      files.push(join(gitDirectory, 'objects', folder, name))
    }
  }
  return files
}

/** Makes every object and pack look as old as a day. */
export async function ageObjects(gitDirectory: string): Promise<void> {
  const yesterday = new Date(Date.now() - 86_400_000)
  const packs = join(gitDirectory, 'objects', 'pack')
  const files = (await readdir(packs)).map((name) => join(packs, name))
  for (const file of [...files, ...(await looseObjectFiles(gitDirectory))])
    await utimes(file, yesterday, yesterday)
}
