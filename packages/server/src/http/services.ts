import type { OpenedDatabase } from '@tod/adapters/sqlite'
import type {
  Clock,
  HostKeyStore,
  OperationEvents,
  TenantGuard,
  TenantScope,
  Tod,
  WritableCredentialStore,
  WritableDeviceDirectory,
} from '@tod/core'
import type { DeviceChange } from '../record-device-change.js'
import type { Idempotency } from './idempotency.js'

/** Everything a route may use. Made once, in `wiring.ts`. */
export interface Services {
  readonly tod: Tod
  readonly guard: TenantGuard
  readonly clock: Clock
  readonly devices: WritableDeviceDirectory
  readonly credentials: WritableCredentialStore
  readonly hostKeys: HostKeyStore
  readonly tenants: OpenedDatabase['tenants']
  readonly apiKeys: OpenedDatabase['apiKeys']
  readonly events: OperationEvents
  readonly idempotency: Idempotency
  /** Told about faults of work that no request waits for. */
  readonly onBackgroundError: (error: unknown) => void
  /** Writes the audit record and lets the schedule follow. */
  deviceChanged(scope: TenantScope, deviceId: string, change: DeviceChange): Promise<void>
}
