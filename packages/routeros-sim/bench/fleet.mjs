// Measures a fleet in one process: memory per idle router, per contacted router, and concurrent logins with exports.
// Usage, after a build: node --expose-gc packages/routeros-sim/bench/fleet.mjs [routers] [concurrent] [config.rsc]
// The clients run in a child process, so that memory and CPU are those of the routers alone.
import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { Client } from 'ssh2'
import '../../../scripts/stop-with-reader.mjs'

if (process.send !== undefined) await beClients()
else await beRouters()

async function beRouters() {
  const { startSimulator } = await import('../dist/index.js')
  const [count = '2000', concurrent = '200', file] = process.argv.slice(2)
  const config = file === undefined ? sampleConfig() : readFileSync(file, 'latin1')
  const before = memory()
  const started = performance.now()
  const simulator = await startSimulator({
    config,
    version: '7.16.1',
    user: 'ops',
    password: 'Fleet-1',
    fleet: Number(count),
    ssh: { hostKeyType: 'ed25519' },
  })
  const upMs = performance.now() - started
  const idle = memory()
  console.log(`config: ${config.length} bytes, ${config.split('\n').length} lines`)
  console.log(`${count} routers up in ${upMs.toFixed(0)} ms`)
  console.log(
    `idle, never contacted: ${perRouter(idle - before, count)} KB a router (${(idle / 2 ** 20).toFixed(0)} MB in all)`,
  )

  const ports = simulator.routers.map((router) => router.port)
  const first = await round(ports.slice(0, Number(concurrent)))
  console.log(`${concurrent} concurrent logins and exports, first contact: ${describe(first, concurrent)}`)
  const again = await round(ports.slice(0, Number(concurrent)))
  console.log(`the same again: ${describe(again, concurrent)}`)

  for (let from = Number(concurrent); from < ports.length; from += Number(concurrent)) {
    await round(ports.slice(from, from + Number(concurrent)))
  }
  const contacted = memory()
  console.log(
    `idle, all contacted once: ${perRouter(contacted - before, count)} KB a router (${(contacted / 2 ** 20).toFixed(0)} MB in all)`,
  )
  const calm = process.cpuUsage()
  await new Promise((resolve) => setTimeout(resolve, 5000))
  const used = process.cpuUsage(calm)
  console.log(
    `CPU of ${count} idle routers: ${((used.user + used.system) / 50_000).toFixed(2)} % of one core`,
  )
  await simulator.stop()
}

async function round(ports) {
  const clients = fork(fileURLToPath(import.meta.url), { execArgv: [] })
  const ready = new Promise((resolve) => clients.once('message', resolve))
  await ready
  const cpu = process.cpuUsage()
  const started = performance.now()
  clients.send(ports)
  const answer = await new Promise((resolve) => clients.once('message', resolve))
  const wallMs = performance.now() - started
  const used = process.cpuUsage(cpu)
  clients.kill()
  return { ...answer, wallMs, cpuMs: (used.user + used.system) / 1000 }
}

async function beClients() {
  process.send('ready')
  process.once('message', async (ports) => {
    const results = await Promise.all(ports.map(exportOf))
    const times = results.map((result) => result.ms).sort((a, b) => a - b)
    process.send({
      whole: results.filter((result) => result.bytes > 0 && result.bytes === results[0].bytes).length,
      bytes: results[0].bytes,
      p50: times[Math.floor(times.length / 2)],
      p99: times[Math.floor(times.length * 0.99)],
    })
  })
}

function exportOf(port) {
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const client = new Client()
    const sock = connect({ port, host: '127.0.0.1', noDelay: true })
    sock.on('error', reject)
    client.on('error', reject)
    client.on('ready', () => {
      client.exec('/export', (error, channel) => {
        if (error) return reject(error)
        let bytes = 0
        channel.on('data', (chunk) => {
          bytes += chunk.length
        })
        channel.on('close', () => {
          client.end()
          resolve({ bytes, ms: performance.now() - started })
        })
      })
    })
    client.connect({ sock, username: 'ops', password: 'Fleet-1', readyTimeout: 120_000 })
  })
}

function memory() {
  globalThis.gc?.()
  globalThis.gc?.()
  return process.memoryUsage().rss
}

function perRouter(bytes, count) {
  return (bytes / 1024 / Number(count)).toFixed(1)
}

function describe(result, count) {
  const { whole, bytes, p50, p99, wallMs, cpuMs } = result
  return (
    `${whole} of ${count} whole (${bytes} bytes each) in ${wallMs.toFixed(0)} ms, ` +
    `${p50.toFixed(0)} ms median, ${p99.toFixed(0)} ms p99, ${(cpuMs / Number(count)).toFixed(1)} ms CPU a login and export`
  )
}

function sampleConfig() {
  const rules = Array.from(
    { length: 60 },
    (_, index) =>
      `add action=accept chain=input comment="rule ${index}" dst-port=${1000 + index} protocol=tcp src-address=192.0.2.${index}`,
  )
  const list = Array.from({ length: 100 }, (_, index) => `add address=198.51.100.${index} list=customers`)
  return [
    '/interface bridge',
    'add name=bridge1',
    '/ip address',
    'add address=192.0.2.1/24 interface=bridge1',
    '/ip firewall filter',
    ...rules,
    '/ip firewall address-list',
    ...list,
    '/system identity',
    'set name=fleet',
    '',
  ].join('\n')
}
