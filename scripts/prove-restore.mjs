// Two restores over HTTP on a simulated router in a process of its own: an old revision that comes back, and one that
// blocks SSH, which the guard undoes. In real time with the 60 s window, unless a scale is given. Exit 1 when an end is
// another than expected.
// Run: npm run prove:restore -- [--scale 30]
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { account, startRouter } from './demo/start-router.mjs'
import { root, setUp } from './setup.mjs'

const { values } = parseArgs({ options: { scale: { type: 'string', default: '1' } } })
const scale = Number(values.scale)
setUp()
const load = (path) => import(new URL(`../packages/${path}`, import.meta.url).href)
const { createLogger, jwtTrust, mintToken, readConfig, startServer } = await load('server/dist/index.js')
const { SshTransport } = await load('adapters/dist/ssh/index.js')

const tenantId = randomUUID()
const deviceId = randomUUID()
const data = mkdtempSync(join(tmpdir(), 'tod-prove-'))
const config = readConfig({ TOD_DATA: data, PORT: '0', TOD_CLOCK_SCALE: String(scale) })
const server = await startServer(config, createLogger('warn'))
const router = await startRouter(
  {
    config: join(root, 'scripts/demo/office.rsc'),
    source: '192.168.88.10',
    via: 'bridge-lan',
    listen: ['home:0:bridge-lan:192.168.88.20'],
  },
  scale,
)
const [office, home] = router.listeners.map((listener) => listener.port)

const claims = { subject: randomUUID(), role: 'tenant_admin', tenantId }
const token = await mintToken(jwtTrust(config).secret, claims, 3600)
async function call(method, path, body) {
  const response = await fetch(`${server.url}/api/tenants/${tenantId}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer.detail}`)
  return answer
}
const ofDevice = (method, path, body) => call(method, `/devices/${deviceId}/config${path}`, body)
const reachBy = (port) => call('PATCH', `/devices/${deviceId}`, { port })

/** A change that a person makes over SSH from home. */
async function change(command) {
  const target = {
    deviceId,
    host: '127.0.0.1',
    port: home,
    credentials: account,
    verifyHostKey: async () => {},
  }
  const connection = await new SshTransport().connect(target)
  await connection.exec(command)
  await connection.close()
}

async function restore(title, commitSha, expected) {
  const startedAt = Date.now()
  console.log(`\n${title}`)
  const result = await ofDevice('POST', '/restore', { commit_sha: commitSha })
  for (const { at, state, message } of result.timeline) console.log(`  ${at} ${state}: ${message}`)
  const seconds = Math.round((Date.now() - startedAt) / 1000)
  console.log(`  ${result.status}, converged: ${result.converged}, after ${seconds} s`)
  if (result.status !== expected) process.exitCode = 1
}

try {
  const credentials = { username: account.username, password: account.password }
  await call('POST', '/devices', {
    device_id: deviceId,
    name: 'office-gw',
    host: '127.0.0.1',
    port: office,
    credentials,
  })
  const good = await ofDevice('POST', '/backups')
  await change('/system identity set name=oops; /ip firewall filter remove [find action=drop]')
  await restore('An old revision comes back:', good.commit_sha, 'committed')

  await reachBy(home)
  await change('/ip service set ssh address=192.168.88.20/32')
  const blocking = await ofDevice('POST', '/backups')
  await change('/ip service set ssh address=""')
  await reachBy(office)
  await restore('A revision that blocks SSH from where we are:', blocking.commit_sha, 'reverted')

  const after = await ofDevice('POST', '/preview-restore', { commit_sha: good.commit_sha })
  console.log(`\nLeft to do to the good revision: ${JSON.stringify(after.diff)}`)
} finally {
  router.child.kill()
  await server.stop()
  rmSync(data, { recursive: true, force: true })
}
