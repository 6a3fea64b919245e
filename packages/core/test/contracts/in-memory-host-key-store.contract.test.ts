import { describeHostKeyStoreContract, InMemoryHostKeyStore } from '@tod/core/testing'

describeHostKeyStoreContract('InMemoryHostKeyStore', async () => ({ port: new InMemoryHostKeyStore() }))
