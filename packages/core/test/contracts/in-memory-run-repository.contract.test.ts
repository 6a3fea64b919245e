import { describeRunRepositoryContract, InMemoryRunRepository } from '@tod/core/testing'

describeRunRepositoryContract('InMemoryRunRepository', async () => ({ port: new InMemoryRunRepository() }))
