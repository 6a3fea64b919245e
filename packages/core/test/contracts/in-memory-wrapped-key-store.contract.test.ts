import { describeWrappedKeyStoreContract, InMemoryWrappedKeyStore } from '@tod/core/testing'

describeWrappedKeyStoreContract('InMemoryWrappedKeyStore', async () => ({
  port: new InMemoryWrappedKeyStore(),
}))
