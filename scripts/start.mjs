// Starts the reference server as a stranger would want it: everything set up, two simulated routers as devices of a
// demo tenant, and lines to paste. `--no-demo` leaves the routers out.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startDemo } from './demo/start-demo.mjs'
import { root, setUp } from './setup.mjs'

const { values } = parseArgs({
  options: { demo: { type: 'boolean', default: true }, help: { type: 'boolean', default: false } },
  allowNegative: true,
})
if (values.help) {
  console.log(
    'npm start               the server with two simulated routers\nnpm start -- --no-demo  the server alone',
  )
  process.exit(0)
}

setUp()
const serverPackage = new URL('../packages/server/dist/index.js', import.meta.url)
const { createLogger, jwtTrust, mintToken, readConfig, startServer } = await import(serverPackage.href)

const config = readConfig({ TOD_DATA: join(root, '.tod'), ...process.env })
const isFirst = !existsSync(join(config.TOD_DATA, 'tod.sqlite'))
const server = await startServer(config, createLogger(process.env.LOG_LEVEL ?? 'warn'))
if (config.PORT !== 0 && server.port !== config.PORT) {
  console.log(`Port ${config.PORT} is in use: the server takes ${server.port}.`)
}

let demo
const stop = async () => {
  console.log('\nStopping ...')
  await server.stop()
  await demo?.stop()
  process.exit(0)
}
let isStopping = false
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    if (isStopping) process.exit(130)
    isStopping = true
    stop()
  })
}

console.log(`\n@tod listens on ${server.url}`)
console.log(`Its data is in ${config.TOD_DATA} (${isFirst ? 'new' : 'as it was left'}).`)
if (values.demo) {
  try {
    const trust = jwtTrust(config)
    const mint = (claims) => mintToken(trust.secret, claims, 12 * 3600)
    demo = await startDemo({ server, mint, say: console.log })
  } catch (error) {
    console.error(`The demo did not start: ${error.message}`)
    await server.stop()
    process.exit(1)
  }
} else {
  console.log('There is no demo tenant. Begin with: node packages/server/dist/cli.js --help')
}
console.log('\nCtrl-C stops everything.')
