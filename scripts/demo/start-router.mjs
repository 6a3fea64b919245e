import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from '../setup.mjs'

/** What we log in to simulated routers with. */
export const account = { username: 'backup', password: 'demo-only' }

/**
 * Starts a simulated router in a process of its own and resolves with it once it answers.
 *
 * @param {object} router
 * @param {string} router.config export file
 * @param {string} router.source where the router sees us come from
 * @param {string} router.via interface by which we come
 * @param {readonly string[]} [router.listen] further ways in, as `routeros-sim serve --listen` takes them
 * @param {number} clockScale how much faster than real time it lives
 */
export function startRouter({ config, source, via, listen = [] }, clockScale) {
  const command = join(root, 'packages/routeros-sim/dist/cli.js')
  const options = ['--config', config, '--user', account.username, '--password', account.password]
  const place = ['--source', source, '--interface', via, ...listen.flatMap((way) => ['--listen', way])]
  const clock = clockScale === 1 ? [] : ['--clock', `scaled:${clockScale}`]
  const args = [command, 'serve', ...options, ...place, ...clock, '--until-stdin-ends']
  const child = spawn(process.execPath, args, {
    // Its standard input ends with us, however we end, and the router with it.
    stdio: ['pipe', 'pipe', 'inherit'],
    // Ctrl-C in the terminal is for us; the routers end when the server has.
    detached: true,
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) =>
      reject(new Error(`the simulated router of ${config} ended with code ${code}`)),
    )
    createInterface({ input: child.stdout }).once('line', (line) => {
      const [{ port, listeners }] = JSON.parse(line).routers
      resolve({ child, port, listeners })
    })
  })
}
