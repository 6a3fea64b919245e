// A network management tool of your own, with users of its own, that gets backups from @tod.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLocalTod } from '@tod/adapters'
import { defineTenantGuard, hasErrorCode } from '@tod/core'
import { startSimulator } from '@tod/routeros-sim'
import express, { type ErrorRequestHandler } from 'express'

// Your users and who may do what. @tod asks this for every request and knows nothing else about them.
const users = new Map([
  ['alice', { tenantId: 'acme', mayWrite: true }],
  ['bob', { tenantId: 'acme', mayWrite: false }],
])
const guard = defineTenantGuard((principal, tenantId, permission) => {
  const user = users.get(principal.id)
  if (user?.tenantId !== tenantId) return { allowed: false, because: 'No such customer.' }
  if (permission !== 'read' && !user.mayWrite) return { allowed: false, because: 'Reading only.' }
  return { allowed: true }
})

const directory = await mkdtemp(join(tmpdir(), 'tod-example-'))
const router = await startSimulator({ version: '7.16.1', user: 'backup', password: 'secret' })
const { tod, database, credentials, close } = await createLocalTod({ directory, guard })

// One device. A tool with a device table of its own implements `DeviceDirectory` instead.
const owner = await guard.enter({ id: 'alice', role: 'owner', tenantId: 'acme' }, 'acme', 'administer')
const port = router.router.listeners[0]?.port ?? 0
await database.devices.put(owner, { deviceId: 'gw-1', name: 'gateway', host: '127.0.0.1', port })
await credentials.put(owner, 'gw-1', { username: 'backup', password: 'secret' })

const app = express()
app.post('/customers/:tenant/devices/:device/backups', async (req, res) => {
  const { tenant, device } = req.params
  // Your own login belongs here; the example takes the name from a header.
  const principal = { id: req.get('x-user') ?? '', role: 'user', tenantId: tenant }
  const scope = await guard.enter(principal, tenant, 'write')
  const entry = await tod.backups.backUp(scope, { deviceId: device, trigger: 'manual' })
  res.status(201).json({ sha: entry.commitSha, lines: entry.linesAdded, version: entry.routerosVersion })
})
const onError: ErrorRequestHandler = (error, _req, res, _next) => {
  const status = hasErrorCode(error, 'ACCESS_DENIED')
    ? 403
    : hasErrorCode(error, 'DEVICE_NOT_FOUND')
      ? 404
      : 500
  res.status(status).json({ error: error.message })
}
app.use(onError)

const server = app.listen(0, '127.0.0.1')
await new Promise((resolve) => server.once('listening', resolve))
const address = server.address()
const base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`

for (const user of ['alice', 'bob', 'mallory']) {
  const path = '/customers/acme/devices/gw-1/backups'
  const response = await fetch(base + path, { method: 'POST', headers: { 'x-user': user } })
  console.log(user, response.status, await response.text())
}

server.close()
await close()
await router.stop()
await rm(directory, { recursive: true })
