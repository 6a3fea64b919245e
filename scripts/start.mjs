// Starts the reference server as a stranger would want it: everything set up, two simulated routers as devices of a
// demo tenant, and lines to paste. `--no-demo` leaves the routers out.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startDemo } from './demo/start-demo.mjs'
import { root, setUp } from './setup.mjs'
import './stop-with-reader.mjs'

const usage = `npm start               the server with two simulated routers
npm start -- --no-demo  the server alone

PORT=9000 npm start     another port than 8080; the next free one is taken when it is in use
TOD_DATA=folder         another folder than .tod; more settings: docs/operations.md`

function fail(text) {
  console.error(text)
  process.exit(1)
}

function readOptions() {
  const options = {
    demo: { type: 'boolean', default: true },
    help: { type: 'boolean', short: 'h', default: false },
  }
  try {
    return parseArgs({ options, allowNegative: true }).values
  } catch (error) {
    return fail(`${error.message}\n\n${usage}`)
  }
}

const { demo: wantsDemo, help } = readOptions()
if (help) {
  console.log(usage)
  process.exit(0)
}

setUp()
const serverPackage = new URL('../packages/server/dist/index.js', import.meta.url)
const { createLogger, explainError, jwtTrust, mintToken, readConfig, startServer } = await import(
  serverPackage.href
)

let stop
/** Ctrl-C and the like. Before the server is up there is nothing to end: the routers end with this process. */
function onSignal() {
  if (stop === undefined) process.exit(130)
  const stopOnce = stop
  stop = undefined
  console.log('\nStopping ... (requests under way get 30 s; Ctrl-C again ends at once)')
  stopOnce().then(
    () => process.exit(0),
    (error) => fail(`It did not stop cleanly: ${explainError(error)}`),
  )
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal)
if (process.env.npm_lifecycle_event !== undefined) {
  // A signal that ends npm alone does not reach us: its shell is gone, and we would stay.
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) onSignal()
  }, 250).unref()
}

async function start() {
  const config = readConfig({ TOD_DATA: join(root, '.tod'), ...process.env })
  const isFirst = !existsSync(join(config.TOD_DATA, 'tod.sqlite'))
  const server = await startServer(config, createLogger(process.env.LOG_LEVEL ?? 'warn'))
  if (config.PORT !== 0 && server.port !== config.PORT) {
    console.log(`Port ${config.PORT} is in use: the server takes ${server.port}.`)
  }
  console.log(`\n@tod listens on ${server.url}`)
  console.log(`Its data is in ${config.TOD_DATA} (${isFirst ? 'new' : 'as it was left'}).`)
  if (!wantsDemo) {
    console.log('\nWithout the demo. Begin with:')
    const tod = 'node packages/server/dist/cli.js'
    console.log(`${tod} tenant add acme`)
    console.log(`${tod} device add --help`)
    stop = () => server.stop()
    return
  }
  const trust = jwtTrust(config)
  if (trust.kind !== 'secret') throw new TypeError('The demo mints its own token: unset TOD_JWKS_URL.')
  const mint = (claims) => mintToken(trust.secret, claims, 12 * 3600)
  const demo = await startDemo({ server, mint, say: console.log, clockScale: config.TOD_CLOCK_SCALE })
  stop = async () => {
    await server.stop()
    demo.stop()
  }
}

try {
  await start()
  console.log('\nCtrl-C stops everything.')
} catch (error) {
  fail(`It did not start: ${explainError(error)}`)
}
