import type { DeviceTimeLimits } from './device/time-limits.js'
import type { AuditLog } from './ports/audit-log.js'
import type { Clock } from './ports/clock.js'
import type { CredentialStore } from './ports/credential-store.js'
import type { DeviceDirectory } from './ports/device-directory.js'
import type { DeviceLock } from './ports/device-lock.js'
import type { DeviceTransport } from './ports/device-transport.js'
import type { GitStore } from './ports/git-store.js'
import type { HostKeyStore } from './ports/host-key-store.js'
import type { OperationEvents } from './ports/operation-events.js'
import type { PushJournal } from './ports/push-journal.js'
import type { RandomSource } from './ports/random-source.js'
import type { RunRepository } from './ports/run-repository.js'
import type { ScheduleRepository } from './ports/schedule-repository.js'
import type { SecretBox } from './ports/secret-box.js'
import type { TenantGuard } from './ports/tenant-guard.js'
import type { TenantSettingsStore } from './ports/tenant-settings-store.js'

/** Everything that the services need, without defaults. `createTod` fills in the defaults. */
export interface ServicePorts {
  readonly clock: Clock
  readonly random: RandomSource
  readonly guard: TenantGuard
  readonly transport: DeviceTransport
  readonly devices: DeviceDirectory
  readonly credentials: CredentialStore
  readonly hostKeys: HostKeyStore
  readonly git: GitStore
  readonly secretBox: SecretBox
  readonly runs: RunRepository
  readonly schedules: ScheduleRepository
  readonly locks: DeviceLock
  readonly journal: PushJournal
  readonly audit: AuditLog
  readonly events: OperationEvents
  readonly settings: TenantSettingsStore
  readonly limits: DeviceTimeLimits
}
