export {
  type ContractCases,
  type ContractOptions,
  describeContract,
  expectBytes,
  expectCode,
  type OpenedPort,
  type OpenPort,
} from './contract-suite.js'
export { describeCredentialStoreContract } from './credential-store-contract.js'
export { describeDeviceDirectoryContract } from './device-directory-contract.js'
export { describeDeviceLockContract, type OpenedDeviceLock } from './device-lock-contract.js'
export { FakeClock } from './fake-clock.js'
export { describeGitStoreContract, sampleTrailers } from './git-store-contract.js'
export { InMemoryCredentialStore } from './in-memory-credential-store.js'
export { InMemoryDeviceDirectory } from './in-memory-device-directory.js'
export { InMemoryDeviceLock } from './in-memory-device-lock.js'
export { InMemoryGitStore } from './in-memory-git-store.js'
export { InMemoryPushJournal } from './in-memory-push-journal.js'
export { InMemoryRunRepository } from './in-memory-run-repository.js'
export { InMemoryScheduleRepository } from './in-memory-schedule-repository.js'
export { InMemorySecretBox } from './in-memory-secret-box.js'
export { describePushJournalContract, samplePushRecord } from './push-journal-contract.js'
export { describeRunRepositoryContract, sampleBackupRow } from './run-repository-contract.js'
export { describeScheduleRepositoryContract } from './schedule-repository-contract.js'
export { describeSecretBoxContract } from './secret-box-contract.js'
export { forgedScope, openGuard, testIds, testScope, testSystemScope } from './test-scopes.js'
