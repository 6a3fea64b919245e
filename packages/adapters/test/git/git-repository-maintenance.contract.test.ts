import { describeGitMaintenanceContract } from '@tod/core/testing'
import { openTemporaryRepositories } from './temporary-repositories.js'

describeGitMaintenanceContract('GitRepositoryMaintenance', async () => {
  const { maintenance, store, close } = await openTemporaryRepositories()
  return { port: maintenance, store, close }
})
