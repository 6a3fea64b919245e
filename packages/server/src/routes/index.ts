import type { Route } from '../http/route.js'
import { cancelOperation } from './cancel-operation.js'
import { createBackup } from './create-backup.js'
import { createCheckpoint } from './create-checkpoint.js'
import { acceptHostKey } from './devices/accept-host-key.js'
import { changeDevice } from './devices/change-device.js'
import { createDevice } from './devices/create-device.js'
import { deleteDevice } from './devices/delete-device.js'
import { listDevices } from './devices/list-devices.js'
import { emergencyRollback } from './emergency-rollback.js'
import { getBinary } from './get-binary.js'
import { getExport } from './get-export.js'
import { getOperation } from './get-operation.js'
import { getSchedule } from './get-schedule.js'
import { listBackups } from './list-backups.js'
import { listOperations } from './list-operations.js'
import { previewRestore } from './preview-restore.js'
import { putSchedule } from './put-schedule.js'
import { restore } from './restore.js'
import { createApiKeyRoute } from './tenants/create-api-key.js'
import { deleteTenant } from './tenants/delete-tenant.js'
import { listApiKeys } from './tenants/list-api-keys.js'
import { putTenant } from './tenants/put-tenant.js'
import { revokeApiKey } from './tenants/revoke-api-key.js'

/** The ten routes of the contract. */
export const contractRoutes: readonly Route[] = [
  listBackups,
  createBackup,
  createCheckpoint,
  getExport,
  getBinary,
  previewRestore,
  restore,
  emergencyRollback,
  getSchedule,
  putSchedule,
]

/** What the reference server has beside them, so that it can be used on its own. */
export const ownRoutes: readonly Route[] = [
  listOperations,
  getOperation,
  cancelOperation,
  listDevices,
  createDevice,
  changeDevice,
  deleteDevice,
  acceptHostKey,
  putTenant,
  deleteTenant,
  listApiKeys,
  createApiKeyRoute,
  revokeApiKey,
]
