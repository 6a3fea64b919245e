import { describeGitStoreContract, InMemoryGitStore } from '@tod/core/testing'

describeGitStoreContract('InMemoryGitStore', async () => ({ port: new InMemoryGitStore() }))
