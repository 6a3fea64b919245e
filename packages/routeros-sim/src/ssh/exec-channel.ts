import type { ServerChannel } from 'ssh2'
import type { SessionContext } from '../engine.js'
import { ChannelOutput } from './channel-output.js'
import type { ConnectionHost } from './connection-host.js'
import { runScp } from './scp.js'

/** Columns of an exec channel, whatever the login suffix or the client's terminal say. */
const execWidth = 80

/** Runs one exec request: no prompt, no echo, CRLF line ends, exit status 0 even after errors. */
export async function serveExec(
  host: ConnectionHost,
  channel: ServerChannel,
  command: string,
): Promise<void> {
  const line = Buffer.from(command, 'utf8').toString('latin1')
  const output = new ChannelOutput(channel, host, () => line)
  const gone = new AbortController()
  const endsWithSession = host.options.jobOfLostSession !== 'continue'
  const onGone = () => {
    if (endsWithSession) gone.abort(new Error('The session ended.'))
  }
  host.lost.addEventListener('abort', onGone, { once: true })
  channel.once('close', onGone)
  channel.on('error', () => {})
  channel.resume()
  const session: SessionContext = {
    id: host.nextSessionId(),
    kind: 'exec',
    user: host.login.user,
    ...(host.sourceAddress === undefined ? {} : { sourceAddress: host.sourceAddress }),
    width: execWidth,
    height: 0,
    colors: false,
    signal: gone.signal,
    menu: '',
    write: (text) => output.write(text),
    drain: () => output.drain(),
  }
  host.open(
    session,
    () => {},
    () => channel.close(),
  )
  try {
    const status = /^scp\s/.test(line)
      ? await runScp(host, channel, line, session)
      : await runLine(host, line, session)
    if (status !== undefined && !host.isGoingDown()) {
      await output.drain()
      channel.exit(status)
      channel.end()
    }
  } finally {
    host.lost.removeEventListener('abort', onGone)
    host.closed(session, gone.signal.aborted ? 'abnormal' : 'normal')
  }
}

/** Exit status to tell, or undefined when a fault took the connection. */
async function runLine(
  host: ConnectionHost,
  line: string,
  session: SessionContext,
): Promise<number | undefined> {
  const text = line.replace(/[\r\n]+$/, '')
  const lineEnd = text.search(/[\r\n]/)
  if (lineEnd >= 0 && host.options.multiLineExec !== 'accept') {
    session.write(`syntax error (line 1 column ${lineEnd + 1})\n`)
    return 0
  }
  const outcome = await host.runCommand(text, session)
  if (outcome.silenced) return undefined
  return host.options.exitStatus === 'by-result' && outcome.failed ? 1 : 0
}
