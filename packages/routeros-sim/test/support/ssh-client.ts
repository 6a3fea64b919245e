import { connect as connectTcp } from 'node:net'
import { Client, type ClientChannel, type ConnectConfig, type SFTPWrapper } from 'ssh2'

/** What an exec answered. */
export interface ExecAnswer {
  readonly stdout: string
  readonly stderr: string
  /** Null when the channel ended without one. */
  readonly status: number | null | undefined
}

/** A third party's client library against the simulator: what any program would do. */
export class SshClient {
  private constructor(readonly client: Client) {}

  static connect(port: number, config: Partial<ConnectConfig> = {}): Promise<SshClient> {
    return new Promise((resolve, reject) => {
      const client = new Client()
      const sock = connectTcp({ port, host: '127.0.0.1', noDelay: true })
      sock.on('error', reject)
      client.once('ready', () => resolve(new SshClient(client)))
      client.on('error', reject)
      client.once('close', () => reject(new Error('closed before ready')))
      client.connect({ sock, username: 'admin', password: 'secret', ...config })
    })
  }

  exec(command: string): Promise<ExecAnswer> {
    return new Promise((resolve, reject) => {
      this.client.exec(command, (error, channel) => {
        if (error) return reject(error)
        collect(channel, resolve)
      })
    })
  }

  shell(size: { cols?: number; rows?: number } = {}): Promise<ClientChannel> {
    return new Promise((resolve, reject) => {
      this.client.shell({ cols: 80, rows: 24, ...size }, (error, channel) =>
        error ? reject(error) : resolve(channel),
      )
    })
  }

  sftp(): Promise<SFTPWrapper> {
    return new Promise((resolve, reject) => {
      this.client.sftp((error, sftp) => (error ? reject(error) : resolve(sftp)))
    })
  }

  /** Resolves when the connection is gone. */
  closed(): Promise<void> {
    return new Promise((resolve) => this.client.once('close', () => resolve()))
  }

  end(): void {
    this.client.end()
  }
}

function collect(channel: ClientChannel, resolve: (answer: ExecAnswer) => void): void {
  let stdout = ''
  let stderr = ''
  let status: number | null | undefined
  channel.on('data', (chunk: Buffer) => {
    stdout += chunk.toString('latin1')
  })
  channel.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('latin1')
  })
  channel.on('exit', (code: number | null) => {
    status = code
  })
  channel.once('close', () => resolve({ stdout, stderr, status }))
}

/** Waits until the channel has shown the text; returns everything shown so far and forgets it. */
export function reader(channel: ClientChannel): { until(text: string | RegExp): Promise<string> } {
  let seen = ''
  let wake: () => void = () => {}
  channel.on('data', (chunk: Buffer) => {
    seen += chunk.toString('latin1')
    wake()
  })
  channel.once('close', () => wake())
  return {
    async until(text) {
      for (;;) {
        const at = typeof text === 'string' ? seen.indexOf(text) : seen.search(text)
        if (at >= 0) {
          const shown = seen
          seen = ''
          return shown
        }
        if (channel.closed) throw new Error(`closed before ${String(text)}: ${JSON.stringify(seen)}`)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}

/** SFTP calls as promises. */
export function files(sftp: SFTPWrapper) {
  const call = <T>(start: (done: (error: Error | null | undefined, value: T) => void) => void): Promise<T> =>
    new Promise((resolve, reject) => start((error, value) => (error ? reject(error) : resolve(value))))
  return {
    put: (name: string, content: string | Buffer) =>
      call<void>((done) => sftp.writeFile(name, content, (e) => done(e, undefined))),
    get: (name: string) => call<Buffer>((done) => sftp.readFile(name, done)),
    list: async (name: string) => {
      const entries = await call<{ filename: string }[]>((done) => sftp.readdir(name, done))
      return entries.map((entry) => entry.filename)
    },
    remove: (name: string) => call<void>((done) => sftp.unlink(name, (e) => done(e, undefined))),
    makeDirectory: (name: string) => call<void>((done) => sftp.mkdir(name, (e) => done(e, undefined))),
    rename: (from: string, to: string) =>
      call<void>((done) => sftp.rename(from, to, (e) => done(e, undefined))),
  }
}
