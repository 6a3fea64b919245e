import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { IsomorphicGitStore } from '@tod/adapters/git'
import { describeGitStoreContract } from '@tod/core/testing'

describeGitStoreContract('IsomorphicGitStore', async () => {
  const root = await mkdtemp(join(tmpdir(), 'tod-git-'))
  const port = new IsomorphicGitStore({ root })
  return {
    port,
    close: async () => {
      await port.close()
      await rm(root, { recursive: true })
    },
  }
})
