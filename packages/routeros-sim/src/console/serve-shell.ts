import type { ServerChannel } from 'ssh2'
import type { LoginVerdict, SessionContext } from '../engine.js'
import { ChannelOutput } from '../ssh/channel-output.js'
import type { ConnectionHost } from '../ssh/connection-host.js'
import { bannerText } from './banner.js'
import { ConsoleScreen, type ScreenStyle } from './console-screen.js'
import { KeyQueue } from './key-queue.js'
import { KeyReader } from './key-reader.js'
import { loginScreens, probeTerminal, readAnswer } from './login-screens.js'
import { ShellConsole } from './shell-console.js'

/** Serves an interactive shell: probing, first-login screens, banner, then the console. */
export async function serveShell(
  host: ConnectionHost,
  channel: ServerChannel,
  terminal: { columns: number; rows: number },
  hasTerminal: boolean,
  verdict: LoginVerdict | undefined,
): Promise<void> {
  const { login, engine } = host
  const output = new ChannelOutput(channel, host, () => 'shell')
  const keys = new KeyQueue()
  const reader = new KeyReader()
  let shell: ShellConsole | undefined
  let isLeft = false
  channel.on('error', () => {})
  channel.on('data', (chunk: Buffer) => {
    for (const key of reader.read(chunk.toString('latin1'))) {
      if (shell === undefined) keys.push(key)
      else shell.receive(key)
    }
  })
  const onGone = () => keys.close()
  channel.once('end', onGone)
  channel.once('close', onGone)
  host.lost.addEventListener('abort', onGone, { once: true })

  const probed =
    login.noProbing || !hasTerminal ? undefined : await probeTerminal(output, keys, host.clock, host.lost)
  const width = login.width ?? probed?.columns ?? terminal.columns
  const height = login.height ?? probed?.rows ?? terminal.rows
  const style = styleOf(engine.version(), login.dumb || !hasTerminal, !login.noColors && hasTerminal, width)
  const session: SessionContext = {
    id: host.nextSessionId(),
    kind: 'shell',
    user: login.user,
    ...(host.sourceAddress === undefined ? {} : { sourceAddress: host.sourceAddress }),
    width,
    height,
    colors: style.colors,
    get signal() {
      return shell?.signal ?? host.lost
    },
    menu: '',
    write: (text) => shell?.write(text),
    drain: () => output.drain(),
    ask: (question, options) => (shell ? shell.ask(question, options) : Promise.resolve('')),
  }
  shell = new ShellConsole(host, session, output, new ConsoleScreen(output, style), keys)
  const leave = () => {
    isLeft = true
    keys.close()
  }
  host.open(session, (text) => shell?.notify(text), leave)
  try {
    if (host.options.asksForLicense === true) await askForLicense(output, keys)
    output.write(bannerText(engine.version(), new Date(host.clock.localMs()).getUTCFullYear()))
    const note = engine.loginNote()
    if (note !== '') output.write(`${note}\n`)
    if (verdict?.ok === true && verdict.mustChangePassword === true)
      await changePassword(host, session, output, keys)
    const ending = await shell.run()
    if (ending === 'left') isLeft = true
    if (!host.isGoingDown() && !host.lost.aborted) {
      channel.exit(0)
      channel.end()
    }
  } finally {
    host.lost.removeEventListener('abort', onGone)
    host.closed(session, isLeft ? 'normal' : 'abnormal')
  }
}

/** The lines are repainted from 6.49 on. */
function styleOf(version: string, isDumb: boolean, colors: boolean, width: number): ScreenStyle {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10))
  const repaints = major > 6 || minor >= 49
  return { painting: isDumb ? 'dumb' : repaints ? 'repaint' : 'echo', colors: colors && !isDumb, width }
}

async function askForLicense(output: ChannelOutput, keys: KeyQueue): Promise<void> {
  output.write(loginScreens.license)
  const key = await keys.next()
  const isWanted = key?.kind === 'enter' || (key?.kind === 'text' && key.text.toLowerCase() !== 'n')
  output.write(isWanted ? '\nMIKROTIKLS SOFTWARE LICENSE\n\n' : '\n')
}

/** The notice of v7 for an empty or expired password; Ctrl-C skips it. */
async function changePassword(
  host: ConnectionHost,
  session: SessionContext,
  output: ChannelOutput,
  keys: KeyQueue,
): Promise<void> {
  output.write(loginScreens.changePassword)
  for (;;) {
    output.write(loginScreens.newPassword)
    const password = await readAnswer(keys, (text) => output.writeRaw('*'.repeat(text.length)))
    output.write('\n')
    if (password === undefined) return
    output.write(loginScreens.repeatPassword)
    const repeated = await readAnswer(keys, (text) => output.writeRaw('*'.repeat(text.length)))
    output.write('\n')
    if (repeated === undefined) return
    if (password === repeated && password !== '') {
      const escaped = password.replace(/["\\$?]/g, (character) => `\\${character}`)
      await host.engine.run(`/user set [find name="${session.user}"] password="${escaped}"`, session)
      return
    }
    output.write('passwords do not match\n')
  }
}
