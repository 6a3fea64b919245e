// Two simulated routers in a process of their own each, as devices of a demo tenant, with a first backup and a mistake
// to undo.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { account, startRouter } from './start-router.mjs'

const tenantId = 'de300000-0000-4000-8000-000000000001'
const principal = { id: 'demo', role: 'super_admin', tenantId: null }

/** `source` and `via` say where the simulated routers see us come from: the management network. */
const routers = [
  {
    deviceId: 'de300000-0000-4000-8000-00000000000a',
    name: 'office-gw',
    config: 'office.rsc',
    source: '192.168.88.10',
    via: 'bridge-lan',
    mistake:
      '/ip firewall filter remove [find comment="nothing else from outside"]; /system identity set name=oops',
  },
  {
    deviceId: 'de300000-0000-4000-8000-00000000000b',
    name: 'tower-3',
    config: 'tower.rsc',
    source: '192.0.2.20',
    via: 'vlan-mgmt',
    mistake: '/queue simple set customer-1 max-limit=1M/1M',
  },
]

/** A change made behind our back, as a person would over SSH. */
async function makeMistake({ local }, device, port) {
  const target = {
    deviceId: device.deviceId,
    host: '127.0.0.1',
    port,
    credentials: account,
    verifyHostKey: async () => {},
  }
  const connection = await local.tod.ports.transport.connect(target)
  await connection.exec(device.mistake)
  await connection.close()
}

async function adopt({ local }, scope, device, port) {
  const { deviceId, name } = device
  await local.database.devices.put(scope, { deviceId, name, host: '127.0.0.1', port })
  await local.credentials.put(scope, deviceId, account)
  // The simulated router is a new one at each start, and so is its host key.
  await local.database.hostKeys.forget(scope, deviceId)
  await local.tod.schedules.refresh(scope, deviceId)
}

/**
 * @param {object} options
 * @param {object} options.server
 * @param {(claims: object) => Promise<string>} options.mint
 * @param {(text: string) => void} options.say
 * @param {number} options.clockScale how much faster than real time server and routers live
 * @returns what stops the routers; they also end with this process
 */
export async function startDemo({ server, mint, say, clockScale }) {
  const started = await Promise.all(
    routers.map((router) =>
      startRouter({ ...router, config: join(import.meta.dirname, router.config) }, clockScale),
    ),
  )
  const scope = await server.local.guard.enter(principal, tenantId, 'administer')
  await server.local.database.tenants.put(scope, { name: 'demo' })
  const backups = []
  for (const [index, device] of routers.entries()) {
    const { port } = started[index]
    await adopt(server, scope, device, port)
    backups.push(
      await server.local.tod.backups.backUp(scope, { deviceId: device.deviceId, trigger: 'checkpoint' }),
    )
    await makeMistake(server, device, port)
    say(
      `Simulated router ${device.name} answers SSH on 127.0.0.1:${port} (${account.username} / ${account.password}).`,
    )
  }
  const token = await mint({ subject: randomUUID(), role: 'operator', tenantId })
  printLines({ server, token, sha: backups[0].commitSha, say })
  return {
    stop() {
      for (const { child } of started) child.kill()
    },
  }
}

function printLines({ server, token, sha, say }) {
  const base = `${server.url}/api/tenants/${tenantId}/devices/${routers[0].deviceId}/config`
  // A new line after each answer, so that the prompt does not follow it on the same one.
  const curl = "curl -s -w '\\n'"
  const auth = `-H 'Authorization: Bearer ${token}'`
  const json = "-H 'Content-Type: application/json'"
  say(`\nOperator token of the demo tenant, good for 12 hours:\n${token}`)
  say('\nSomebody has changed office-gw since its first backup. Paste these one by one:')
  say('\n# 1. back up')
  say(`${curl} -X POST ${auth} ${base}/backups`)
  say('\n# 2. list')
  say(`${curl} ${auth} ${base}/backups`)
  say('\n# 3. preview a restore of the first backup')
  say(`${curl} -X POST ${auth} ${json} -d '{"commit_sha":"${sha}"}' ${base}/preview-restore`)
  say('\n# 4. restore it (takes about two minutes: the flash is waited for, and the settle window is 60 s)')
  say(`${curl} -X POST ${auth} ${json} -d '{"commit_sha":"${sha}"}' ${base}/restore`)
  say('\n# 5. schedule: every night at half past one, UTC')
  say(`${curl} -X PUT ${auth} ${json} -d '{"cron_expression":"30 1 * * *","enabled":true}' ${base}/schedules`)
}
