import { describeCredentialStoreContract, InMemoryCredentialStore } from '@tod/core/testing'

describeCredentialStoreContract('InMemoryCredentialStore', async () => ({
  port: new InMemoryCredentialStore(),
}))
