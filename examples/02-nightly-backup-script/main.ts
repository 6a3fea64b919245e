// What a cron job needs: back up every device of a list, go on when one fails, say what changed, end with 1 if any failed.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLocalTod } from '@tod/adapters'
import { CoreError, singleTenant } from '@tod/core'
import { startSimulator } from '@tod/routeros-sim'

const directory = await mkdtemp(join(tmpdir(), 'tod-example-'))
const simulator = await startSimulator({ version: '7.16.1', user: 'backup', password: 'secret' })
const port = simulator.router.listeners[0]?.port ?? 0

// No tenants here: one guard, one scope, entered once.
const { guard, scope } = singleTenant()
const { tod, database, credentials, close } = await createLocalTod({ directory, guard })

const devices = [
  { deviceId: 'gw-1', name: 'gateway', host: '127.0.0.1', port },
  { deviceId: 'gw-2', name: 'switched off', host: '127.0.0.1', port: 1 },
]
for (const device of devices) {
  await database.devices.put(scope, device)
  await credentials.put(scope, device.deviceId, { username: 'backup', password: 'secret' })
}

let failed = 0
for (const { deviceId, name } of devices) {
  try {
    const entry = await tod.backups.backUp(scope, { deviceId, trigger: 'scheduled' })
    const change = entry.changed ? `+${entry.linesAdded} -${entry.linesRemoved}` : 'unchanged'
    console.log(`${name}: ${entry.commitSha.slice(0, 12)} ${change}`)
  } catch (error) {
    failed++
    console.log(`${name}: ${error instanceof CoreError ? error.code : 'unknown error'}`)
  }
}
console.log(`${devices.length - failed} backed up, ${failed} failed`)

await close()
await simulator.stop()
await rm(directory, { recursive: true })
process.exitCode = failed > 0 ? 1 : 0
