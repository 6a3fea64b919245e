// Drops, packs and sweeps without end. Made to be killed. Arguments: root.
import { GitRepositoryMaintenance, IsomorphicGitStore } from '@tod/adapters/git'
import { isKept, soakLock, soakScope, soakSpareMs } from './soak-scope.mjs'

const [root = ''] = process.argv.slice(2)
const options = { root, lock: soakLock }
const store = new IsomorphicGitStore(options)
const maintenance = new GitRepositoryMaintenance(options)

for (;;) {
  try {
    const drop = new Map()
    for (const deviceId of await store.listDevices(soakScope)) {
      const history = await store.history(soakScope, { deviceId, limit: 100_000 })
      const unwanted = history.filter((revision) => !isKept(Number(revision.subject.split(' ')[1])))
      drop.set(deviceId, new Set(unwanted.map((revision) => revision.commitSha)))
    }
    await maintenance.retain(soakScope, drop)
    await maintenance.compact(soakScope, { spareMs: soakSpareMs })
  } catch (error) {
    // A second upkeep is at work, or native git has moved something between two of our looks.
    if (error.code !== 'STORAGE_CONFLICT') throw error
  }
}
