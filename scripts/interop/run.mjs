// Runs programs that talk to real routers against the simulator and shows what they print.
// Usage: node scripts/interop/run.mjs [openssh] [netmiko] [ansible] [asyncssh]
// A client that is not installed is skipped with a message. Needs a build: pnpm -r run build.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const cli = join(here, '../../packages/routeros-sim/dist/cli.js')
const account = { user: 'ops', password: 'Interop-1' }

const clients = {
  openssh: { probe: ['ssh', '-V'], run: ['sh', join(here, 'openssh.sh')], package: 'openssh-client' },
  netmiko: {
    probe: [pythonWith('netmiko'), '-c', 'import netmiko'],
    run: [pythonWith('netmiko'), join(here, 'netmiko_session.py')],
    package: 'python3-netmiko',
  },
  ansible: {
    probe: ['ansible-playbook', '--version'],
    run: ['ansible-playbook', '-i', join(here, 'ansible/inventory.yml'), join(here, 'ansible/playbook.yml')],
    package: 'ansible',
  },
  asyncssh: {
    probe: [pythonWith('asyncssh'), '-c', 'import asyncssh'],
    run: [pythonWith('asyncssh'), '-W', 'ignore', join(here, 'asyncssh_session.py')],
    package: 'python3-asyncssh',
  },
}

if (!existsSync(cli)) {
  console.error('The simulator is not built; run: npm run setup')
  process.exit(2)
}

const wanted = process.argv.slice(2)
const names = wanted.length > 0 ? wanted : Object.keys(clients)
let failures = 0
for (const name of names) {
  const client = clients[name]
  if (client === undefined) {
    console.error(`No such client: ${name}. Known: ${Object.keys(clients).join(', ')}.`)
    process.exit(2)
  }
  const [probe, ...probeArguments] = client.probe
  if (spawnSync(probe, probeArguments).status !== 0) {
    console.log(`== ${name}: skipped, not installed (Debian package ${client.package})`)
    continue
  }
  console.log(`== ${name}`)
  const status = await withRouter((environment) => play(client.run, environment))
  console.log(`== ${name}: ${status === 0 ? 'passed' : `FAILED (exit ${status})`}`)
  if (status !== 0) failures++
}
process.exit(failures === 0 ? 0 : 1)

/** The first Python that has the module: the one on the path, else the system's own. */
function pythonWith(module) {
  const candidates = ['python3', '/usr/bin/python3']
  return candidates.find((python) => spawnSync(python, ['-c', `import ${module}`]).status === 0) ?? 'python3'
}

async function withRouter(use) {
  const router = spawn(process.execPath, [
    cli,
    'serve',
    '--config',
    join(here, 'router.rsc'),
    '--user',
    account.user,
    '--password',
    account.password,
    '--dead-time',
    '2s',
  ])
  router.stderr.pipe(process.stderr)
  try {
    const [line] = await once(createInterface({ input: router.stdout }), 'line')
    const { host, port } = JSON.parse(line)
    return await use({
      ...process.env,
      SIM_HOST: host,
      SIM_PORT: String(port),
      SIM_USER: account.user,
      SIM_PASSWORD: account.password,
    })
  } finally {
    router.kill()
  }
}

async function play([command, ...args], environment) {
  const child = spawn(command, args, { env: environment, stdio: ['ignore', 'inherit', 'inherit'] })
  const limit = setTimeout(() => child.kill(), 180_000)
  const [status] = await once(child, 'close')
  clearTimeout(limit)
  return status ?? 1
}
