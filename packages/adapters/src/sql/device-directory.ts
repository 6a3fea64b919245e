import type { Device, SystemScope, TenantScope, WritableDeviceDirectory } from '@tod/core'
import type { DeviceTable } from './schema.js'
import type { SqlDatabase } from './sql-database.js'
import { noteTenant } from './tenant-repository.js'

/** Devices in the database, for hosts that have no device table of their own. */
export class SqlDeviceDirectory implements WritableDeviceDirectory {
  readonly #database: SqlDatabase

  constructor(database: SqlDatabase) {
    this.#database = database
  }

  async find(scope: TenantScope, deviceId: string): Promise<Device | undefined> {
    const row = await this.#database.read(scope, (queries) =>
      queries
        .selectFrom('devices')
        .selectAll()
        .where('tenant_id', '=', scope.tenantId)
        .where('device_id', '=', deviceId)
        .executeTakeFirst(),
    )
    return row && toDevice(row)
  }

  async list(
    scope: TenantScope,
    page: { readonly after?: string; readonly limit?: number } = {},
  ): Promise<readonly Device[]> {
    const rows = await this.#database.read(scope, (queries) =>
      queries
        .selectFrom('devices')
        .selectAll()
        .where('tenant_id', '=', scope.tenantId)
        .where('device_id', '>', page.after ?? '')
        .orderBy('device_id')
        .limit(page.limit ?? 1000)
        .execute(),
    )
    return rows.map(toDevice)
  }

  async listTenants(system: SystemScope): Promise<readonly string[]> {
    const rows = await this.#database.readAsSystem(system, (queries) =>
      queries.selectFrom('tenants').select('tenant_id').orderBy('tenant_id').execute(),
    )
    return rows.map((row) => row.tenant_id)
  }

  async put(scope: TenantScope, device: Omit<Device, 'tenantId'>): Promise<Device> {
    const values = {
      name: device.name,
      host: device.host,
      port: device.port,
      legacy_algorithms: device.legacyAlgorithms === true ? 1 : 0,
    }
    await this.#database.write(scope, async (queries) => {
      await noteTenant(queries, scope, this.#database.nowMs)
      await queries
        .insertInto('devices')
        .values({ tenant_id: scope.tenantId, device_id: device.deviceId, ...values })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'device_id']).doUpdateSet(values))
        .execute()
    })
    return toDevice({ tenant_id: scope.tenantId, device_id: device.deviceId, ...values })
  }

  async remove(scope: TenantScope, deviceId: string): Promise<boolean> {
    return this.#database.write(scope, async (queries) => {
      const { tenantId } = scope
      const removed = await queries
        .deleteFrom('devices')
        .where('tenant_id', '=', tenantId)
        .where('device_id', '=', deviceId)
        .executeTakeFirst()
      if (removed.numDeletedRows === 0n) return false
      for (const table of ['credentials', 'host_keys', 'device_due'] as const) {
        await queries
          .deleteFrom(table)
          .where('tenant_id', '=', tenantId)
          .where('device_id', '=', deviceId)
          .execute()
      }
      await queries
        .deleteFrom('schedules')
        .where('tenant_id', '=', tenantId)
        .where('device_key', '=', deviceId)
        .execute()
      return true
    })
  }
}

function toDevice(row: DeviceTable): Device {
  return {
    deviceId: row.device_id,
    tenantId: row.tenant_id,
    name: row.name,
    host: row.host,
    port: row.port,
    ...(row.legacy_algorithms === 1 && { legacyAlgorithms: true }),
  }
}
