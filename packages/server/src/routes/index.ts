import type { Route } from '../http/route.js'
import { createBackup } from './create-backup.js'
import { createCheckpoint } from './create-checkpoint.js'
import { acceptHostKey } from './devices/accept-host-key.js'
import { changeDevice } from './devices/change-device.js'
import { createDevice } from './devices/create-device.js'
import { deleteDevice } from './devices/delete-device.js'
import { listDevices } from './devices/list-devices.js'
import { getBinary } from './get-binary.js'
import { getExport } from './get-export.js'
import { getSchedule } from './get-schedule.js'
import { listBackups } from './list-backups.js'
import { putSchedule } from './put-schedule.js'
import { createApiKeyRoute } from './tenants/create-api-key.js'
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
  getSchedule,
  putSchedule,
]

/** What the reference server has beside them, so that it can be used on its own. */
export const ownRoutes: readonly Route[] = [
  listDevices,
  createDevice,
  changeDevice,
  deleteDevice,
  acceptHostKey,
  putTenant,
  listApiKeys,
  createApiKeyRoute,
  revokeApiKey,
]
