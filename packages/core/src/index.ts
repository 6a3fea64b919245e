export { type AccessDecision, decideAccess } from './access/decide-access.js'
export {
  type DecideAccess,
  defineTenantGuard,
  type SingleTenant,
  singleTenant,
} from './access/define-tenant-guard.js'
export {
  type Permission,
  type PermissionRequirement,
  permissionCovers,
  permissionRequirements,
} from './access/permission.js'
export { isRole, roleSuffices } from './access/roles.js'
export { type AccessScope, scopesSuffice } from './access/scopes.js'
export {
  assertSystemScope,
  assertTenantScope,
  requirePermission,
  type SystemPurpose,
  type SystemScope,
  type TenantScope,
} from './access/tenant-scope.js'
export { type BackupRequest, type BackupRun, BackupService } from './backup/backup-service.js'
export type { DeviceCapture } from './backup/capture-device.js'
export { isContentOf } from './backup/read-revision.js'
export { rowOf } from './backup/record-revision.js'
export { parseMeta, printMeta } from './backup/revision-meta.js'
export { type BackgroundOptions, createTod, type Tod, type TodPorts } from './create-tod.js'
export { type DeviceTimeLimits, defaultDeviceTimeLimits } from './device/time-limits.js'
export { sha256, sha256Hex } from './digest/sha256.js'
export { CoreError, type ErrorDetails, hasErrorCode } from './errors/core-error.js'
export {
  BinaryBackupInvalidError,
  CredentialsNotFoundError,
  DeviceAuthFailedError,
  DeviceCommandFailedError,
  DeviceConnectionLostError,
  DeviceFileFailedError,
  DeviceNotFoundError,
  DeviceOutputTooLargeError,
  DeviceTimeoutError,
  DeviceUnreachableError,
  ExportIncompleteError,
  HostKeyChangedError,
} from './errors/device-errors.js'
export { type ErrorCode, errorCodes } from './errors/error-codes.js'
export {
  ConsentRequiredError,
  DeviceBusyError,
  DeviceChangedError,
  GuardNotArmedError,
  LeaseLostError,
  LockoutRefusedError,
  PlanUnsupportedError,
  PushInProgressError,
  StrategyRefusedError,
} from './errors/push-errors.js'
export {
  AccessDeniedError,
  OperationAbortedError,
  OperationNotFoundError,
  RequestInvalidError,
  ScheduleInvalidError,
  ScopeInvalidError,
} from './errors/request-errors.js'
export {
  BackupIntegrityFailedError,
  BackupNotDecryptableError,
  KeyServiceUnavailableError,
  NoRollbackTargetError,
  RevisionNotFoundError,
  StorageConflictError,
  StorageCorruptError,
  StorageFullError,
  StorageUnavailableError,
} from './errors/storage-errors.js'
export { InProcessEvents } from './events/in-process-events.js'
export { countLineChanges } from './export/count-line-changes.js'
export { type ReadExport, readExport } from './export/read-export.js'
export type { BackupEntry, BackupRow, FailedRun } from './model/backup-entry.js'
export type { Device, DeviceCredentials, HostKey } from './model/device.js'
export type { EncryptionTier } from './model/encryption-tier.js'
export type { Principal, Role } from './model/principal.js'
export {
  type LaunchFacts,
  type LockoutReport,
  type Probe,
  type ProbeResult,
  type PushBudget,
  type PushFailure,
  type PushOperation,
  type PushRecord,
  type PushResult,
  type PushState,
  type PushStatus,
  type PushStrategy,
  pushStates,
  type ResidualChange,
  type TimelineEntry,
} from './model/push-operation.js'
export type { RetentionPolicy } from './model/retention-policy.js'
export {
  type ContentFacts,
  type RevisionFile,
  type RevisionMeta,
  type RevisionTrailers,
  revisionFiles,
  type SecretsVariant,
} from './model/revision.js'
export {
  type DueDevice,
  defaultCronExpression,
  type EffectiveSchedule,
  type ScheduleRow,
} from './model/schedule.js'
export { defaultTenantSettings, type TenantSettings } from './model/tenant-settings.js'
export { isTrigger, rollbackTriggers, type Trigger, triggers } from './model/trigger.js'
export type { DescribedChange, DescribedProperty } from './plan/describe-change.js'
export type { UnsupportedPart } from './plan/push-plan.js'
export type { AuditEntry, AuditLog, AuditRecord } from './ports/audit-log.js'
export type { Clock } from './ports/clock.js'
export type { CredentialStore, WritableCredentialStore } from './ports/credential-store.js'
export type { DeviceDirectory, WritableDeviceDirectory } from './ports/device-directory.js'
export type { DeviceLock, Lease, LockPurpose } from './ports/device-lock.js'
export type {
  DeviceConnection,
  DeviceTarget,
  DeviceTransport,
  ExecOptions,
  ExecReply,
} from './ports/device-transport.js'
export type {
  GitMaintenance,
  RepositoryDamage,
  RepositoryStats,
  RevisionsByDevice,
} from './ports/git-maintenance.js'
export type { GitStore, NewRevision, RecordedContent, StoredRevision } from './ports/git-store.js'
export type { HostKeyStore, PinnedHostKey } from './ports/host-key-store.js'
export type { BackupJob, JobDelivery, JobOutcome, JobQueue, WorkerOptions } from './ports/job-queue.js'
export type {
  BackupEvent,
  OperationEvent,
  OperationEvents,
  PushEvent,
  PushStage,
} from './ports/operation-events.js'
export type { JournalEntry, OpenOperation, PushJournal } from './ports/push-journal.js'
export type { RandomSource } from './ports/random-source.js'
export type { RunRepository } from './ports/run-repository.js'
export type { ScheduleRepository } from './ports/schedule-repository.js'
export type { SealedContent, SealPlace, SecretBox } from './ports/secret-box.js'
export type { TenantGuard } from './ports/tenant-guard.js'
export type { TenantSettingsStore } from './ports/tenant-settings-store.js'
export type { WrappedKey, WrappedKeyStore } from './ports/wrapped-key-store.js'
export {
  type Preview,
  type PreviewRequest,
  PreviewService,
  type PreviewSource,
} from './preview/preview-service.js'
export { InProcessQueue } from './queue/in-process-queue.js'
export { platformRandom } from './random/platform-random.js'
export { type RecoveryOutcome, recoverOperations } from './recovery/recover-operations.js'
export { type RecoveryLoopOptions, runRecovery } from './recovery/recovery-loop.js'
export { type ReindexReport, ReindexService } from './reindex/reindex-service.js'
export { binaryConsent } from './restore/push-binary.js'
export type { PushRequest, RestoreRequest } from './restore/push-request.js'
export { RestoreService } from './restore/restore-service.js'
export { neverInExports, toResult } from './restore/to-result.js'
export { decideRetention, type RetainedRow } from './retention/decide-retention.js'
export { type RetentionReport, RetentionService } from './retention/retention-service.js'
export { type RollbackRequest, type RollbackResult, RollbackService } from './rollback/rollback-service.js'
export { nextCronTime, normalizeCronExpression } from './schedule/cron-expression.js'
export { Dispatcher, type DispatcherPorts } from './schedule/dispatcher.js'
export { nextDueTime } from './schedule/due-time.js'
export { effectiveSchedule } from './schedule/effective-schedule.js'
export { type ScheduleChange, type SchedulePorts, ScheduleService } from './schedule/schedule-service.js'
export {
  type MakeBackup,
  retryAfter,
  type ScheduledBackupsOptions,
  startScheduledBackups,
} from './schedule/scheduled-backups.js'
export type { ServicePorts } from './service-ports.js'
export { fixedSettings, tenantSettingsOf } from './settings/tenant-settings-of.js'
export { systemClock } from './time/system-clock.js'
export { abortReason, type DeadlineOptions, throwIfAborted, withDeadline } from './time/with-deadline.js'
