import { connect as connectTcp } from 'node:net'
import ssh2, { type Client, type ClientChannel, type ConnectConfig } from 'ssh2'

/** Where to play. */
export interface PlayerTarget {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password?: string
  readonly privateKey?: string
  /** Algorithms of old routers too (ssh-rsa, group14-sha1). */
  readonly legacyAlgorithms?: boolean
}

/** What an exec came to. */
export interface ExecResult {
  /** Output with LF line ends. */
  readonly answer: string
  /** True when some line did not end in CRLF. */
  readonly hasBareLineFeed: boolean
  /** True when the channel closed without an exit status. */
  readonly ended: boolean
  readonly status: number | undefined
  readonly stderr: string
}

/** How long a command may take before the comparison is given up. */
const execTimeoutMs = 60_000

/** An SSH client as the conformance kit needs it. Answers have LF line ends. */
export class SshPlayer {
  private constructor(private readonly client: Client) {}

  /** Logs in; the suffix (`+cte`) goes behind the user name. */
  static open(target: PlayerTarget, suffix = ''): Promise<SshPlayer> {
    return new Promise((resolve, reject) => {
      const client = new ssh2.Client()
      const sock = connectTcp({ host: target.host, port: target.port, noDelay: true })
      sock.on('error', reject)
      client.on('error', reject)
      client.once('ready', () => resolve(new SshPlayer(client)))
      client.once('close', () =>
        reject(new Error('The router closed the connection before login was complete.')),
      )
      const algorithms: ConnectConfig['algorithms'] = {
        serverHostKey: { append: ['ssh-rsa'], prepend: [], remove: [] },
        kex: { append: ['diffie-hellman-group14-sha1'], prepend: [], remove: [] },
      }
      client.connect({
        sock,
        username: `${target.user}${suffix}`,
        ...(target.password === undefined ? {} : { password: target.password }),
        ...(target.privateKey === undefined ? {} : { privateKey: target.privateKey }),
        ...(target.legacyAlgorithms === true ? { algorithms } : {}),
      })
    })
  }

  /** Runs one command; `ended` tells whether the router closed without an exit status. */
  exec(command: string): Promise<ExecResult> {
    return new Promise((resolve, reject) => {
      this.client.exec(command, (error, channel) => {
        if (error) {
          reject(error)
          return
        }
        let answer = ''
        let status: number | undefined
        let stderr = ''
        const timer = setTimeout(
          () => reject(new Error(`No answer to ${command} within a minute.`)),
          execTimeoutMs,
        )
        channel.on('data', (chunk: Buffer) => {
          answer += chunk.toString('latin1')
        })
        channel.stderr.on('data', (chunk: Buffer) => {
          stderr += chunk.toString('latin1')
        })
        channel.on('exit', (code: number | null) => {
          status = code ?? undefined
        })
        channel.once('close', () => {
          clearTimeout(timer)
          resolve({
            answer: answer.replaceAll('\r\n', '\n'),
            hasBareLineFeed: /(?<!\r)\n/.test(answer),
            ended: status === undefined,
            status,
            stderr,
          })
        })
      })
    })
  }

  /** Uploads a file over SFTP. */
  upload(name: string, content: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.client.sftp((error, sftp) => {
        if (error) {
          reject(error)
          return
        }
        sftp.writeFile(name, Buffer.from(content, 'latin1'), (failure) => {
          sftp.end()
          if (failure) reject(failure)
          else resolve()
        })
      })
    })
  }

  /** Fetches a file over SFTP. */
  download(name: string): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.client.sftp((error, sftp) => {
        if (error) {
          reject(error)
          return
        }
        sftp.readFile(name, (failure, content) => {
          sftp.end()
          if (failure) reject(failure)
          else resolve(content)
        })
      })
    })
  }

  /** Renames a file over SFTP; false when the router refuses. */
  rename(from: string, to: string): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.client.sftp((error, sftp) => {
        if (error) {
          reject(error)
          return
        }
        sftp.rename(from, to, (failure) => {
          sftp.end()
          resolve(!failure)
        })
      })
    })
  }

  /** Opens a shell. */
  shell(): Promise<ShellPlayer> {
    return new Promise((resolve, reject) => {
      this.client.shell({ cols: 80, rows: 24, term: 'vt100' }, (error, channel) => {
        if (error) reject(error)
        else resolve(new ShellPlayer(channel))
      })
    })
  }

  close(): void {
    this.client.destroy()
  }
}

/** What a shell shows, and waiting for it. */
export class ShellPlayer {
  private shown = ''
  private isClosed = false
  private wake: () => void = () => {}

  constructor(private readonly channel: ClientChannel) {
    channel.on('data', (chunk: Buffer) => {
      this.shown += chunk.toString('latin1')
      this.wake()
    })
    channel.once('close', () => {
      this.isClosed = true
      this.wake()
    })
  }

  type(text: string): void {
    if (text !== '') this.channel.write(text)
  }

  /** Waits until what was shown since the last call matches, or the time is up; returns it with LF line ends. */
  async shows(
    pattern: RegExp,
    timeoutMs: number,
  ): Promise<{ readonly text: string; readonly matched: boolean }> {
    const deadline = performance.now() + timeoutMs
    for (;;) {
      const text = this.shown.replace(/\r+\n/g, '\n').replaceAll('\r', '\n')
      const matched = pattern.test(text)
      const leftMs = deadline - performance.now()
      if (matched || this.isClosed || leftMs <= 0) {
        this.shown = ''
        return { text, matched }
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(leftMs, 500))
        this.wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
}
