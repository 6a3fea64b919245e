import { describeSecretBoxContract, InMemorySecretBox } from '@tod/core/testing'

describeSecretBoxContract('InMemorySecretBox', async () => ({ port: new InMemorySecretBox() }))
