import { createLocalTod, type LocalTod } from '@tod/adapters'
import { type Device, DeviceNotFoundError, type TenantScope } from '@tod/core'
import { readConfig, type ServerConfig } from '../config.js'
import { localOptions } from '../wiring.js'
import { UsageError } from './usage-error.js'

/** An installation opened by the command line, on behalf of whoever may read its folder. */
export interface OpenedLocal {
  readonly local: LocalTod
  readonly config: ServerConfig
  /** By id or name; without one the only tenant there is. */
  scopeOf(tenant: string | undefined): Promise<TenantScope>
  /** By id or name. */
  findDevice(scope: TenantScope, device: string): Promise<Device>
  close(): Promise<void>
}

const principal = { id: 'cli', role: 'super_admin', tenantId: null } as const
const uuidShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

async function findTenantId(local: LocalTod, wanted: string | undefined): Promise<string> {
  const tenants = await local.database.tenants.list(local.guard.openSystemScope('maintenance'))
  const named = tenants.map(({ tenantId, name }) => `${name ?? '(no name)'} ${tenantId}`).join('\n  ')
  if (wanted === undefined) {
    const [first, second] = tenants
    if (first === undefined)
      throw new UsageError('There is no tenant yet: add one with `tod tenant add NAME`.')
    if (second !== undefined)
      throw new UsageError(`There are several tenants: choose with --tenant.\n  ${named}`)
    return first.tenantId
  }
  const found = tenants.filter(({ tenantId, name }) => tenantId === wanted.toLowerCase() || name === wanted)
  if (found[0] === undefined) throw new UsageError(`There is no tenant '${wanted}'.`)
  if (found.length > 1) throw new UsageError(`Several tenants are named '${wanted}': use the id.\n  ${named}`)
  return found[0].tenantId
}

async function findByName({ database }: LocalTod, scope: TenantScope, name: string): Promise<Device> {
  const limit = 1000
  const found: Device[] = []
  let after: string | undefined
  for (;;) {
    const page = await database.devices.list(scope, { limit, ...(after === undefined ? {} : { after }) })
    found.push(...page.filter((device) => device.name === name))
    after = page.at(-1)?.deviceId
    if (page.length < limit || after === undefined) break
  }
  if (found[0] === undefined) throw new DeviceNotFoundError({ deviceId: name })
  if (found.length > 1) throw new UsageError(`Several devices are named '${name}': use the id.`)
  return found[0]
}

/** Opens the installation that the environment (and `--data`) names. */
export async function openLocal(data: string | undefined): Promise<OpenedLocal> {
  const config = readConfig({ ...process.env, ...(data === undefined ? {} : { TOD_DATA: data }) })
  const local = await createLocalTod(await localOptions(config))
  return {
    local,
    config,
    scopeOf: async (tenant) => local.guard.enter(principal, await findTenantId(local, tenant), 'administer'),
    async findDevice(scope, wanted) {
      const byId = uuidShape.test(wanted)
        ? await local.database.devices.find(scope, wanted.toLowerCase())
        : undefined
      return byId ?? findByName(local, scope, wanted)
    },
    close: () => local.close(),
  }
}
