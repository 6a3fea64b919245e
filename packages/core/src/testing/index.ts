export { describeAuditLogContract } from './audit-log-contract.js'
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
export { describeGitMaintenanceContract, type OpenedGitMaintenance } from './git-maintenance-contract.js'
export { describeGitStoreContract, sampleTrailers } from './git-store-contract.js'
export { describeHostKeyStoreContract } from './host-key-store-contract.js'
export { InMemoryAuditLog } from './in-memory-audit-log.js'
export { InMemoryCredentialStore } from './in-memory-credential-store.js'
export { InMemoryDeviceDirectory } from './in-memory-device-directory.js'
export { InMemoryDeviceLock } from './in-memory-device-lock.js'
export { InMemoryGitStore } from './in-memory-git-store.js'
export { InMemoryHostKeyStore } from './in-memory-host-key-store.js'
export { InMemoryPushJournal } from './in-memory-push-journal.js'
export { InMemoryRunRepository } from './in-memory-run-repository.js'
export { InMemoryScheduleRepository } from './in-memory-schedule-repository.js'
export { InMemorySecretBox } from './in-memory-secret-box.js'
export { InMemoryTenantSettingsStore } from './in-memory-tenant-settings-store.js'
export { InMemoryWrappedKeyStore } from './in-memory-wrapped-key-store.js'
export { describeJobQueueContract, type OpenedJobQueue } from './job-queue-contract.js'
export { describePushJournalContract, samplePushRecord } from './push-journal-contract.js'
export { describeRunRepositoryContract, sampleBackupRow } from './run-repository-contract.js'
export { describeScheduleRepositoryContract } from './schedule-repository-contract.js'
export { describeSecretBoxContract } from './secret-box-contract.js'
export { describeTenantSettingsStoreContract } from './tenant-settings-store-contract.js'
export { forgedScope, openGuard, testIds, testScope, testSystemScope } from './test-scopes.js'
export { describeWrappedKeyStoreContract } from './wrapped-key-store-contract.js'
