import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeFileSystem } from '@tod/adapters/git'
import { describe, expect, it } from 'vitest'
import { TenantRepository } from '../../src/git/tenant-repository.js'
import { hasGit } from './temporary-repositories.js'

describe.skipIf(!hasGit)('the quick reading of commits', () => {
  it('sees what isomorphic-git sees, also of signed, merged and foreign ones', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tod-commits-'))
    const git = (input: string, ...args: string[]) =>
      execFileSync('git', ['--git-dir', folder, ...args], { encoding: 'utf8', input }).trim()
    git('', 'init', '-q', '--bare', folder)
    const tree = git('', 'mktree')
    const who = 'Ä Ö <a@example.com> 1767261600 +0530'
    const commit = (...lines: string[]) =>
      git([`tree ${tree}`, ...lines].join('\n'), 'hash-object', '-t', 'commit', '-w', '--stdin')
    const first = commit(`author ${who}`, `committer ${who}`, '', 'plain: ü\n\nTod-Device: x\n')
    const signed = commit(
      `parent ${first}`,
      `author ${who}`,
      'committer b <b@example.com> 1767265200 -0800',
      'gpgsig -----BEGIN PGP SIGNATURE-----',
      ' ',
      ' committer not this <x@example.com> 1 +0000',
      ' -----END PGP SIGNATURE-----',
      '',
      'signed\n',
    )
    const merge = commit(
      `parent ${signed}`,
      `parent ${first}`,
      `author ${who}`,
      `committer ${who}`,
      'encoding UTF-8',
      '',
      'merge\n',
    )
    const repository = new TenantRepository(nodeFileSystem, folder)

    for (const oid of [first, signed, merge]) {
      const slow = await repository.commits.commit(oid)
      expect(slow).toBeDefined()
      expect(await repository.commits.commitOfWalk(oid, false)).toEqual(slow)
      expect(await repository.commits.commitOfWalk(oid, true)).toEqual(slow)
    }
    expect(await repository.commits.commitOfWalk(tree, false)).toBeUndefined()
    await repository.close()
    await rm(folder, { recursive: true })
  })
})
