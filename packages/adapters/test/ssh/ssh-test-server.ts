import { type AddressInfo, createServer, type Socket } from 'node:net'
import ssh2, {
  type Algorithms,
  type AuthContext,
  type Connection,
  type ServerChannel,
  type SFTPWrapper,
} from 'ssh2'

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp

/** What the server does where a test wants something of its own. */
export interface SshTestServerOptions {
  readonly hostKeys?: readonly string[]
  readonly algorithms?: Algorithms
  /** True lets the login in, false refuses it, undefined says nothing at all. */
  readonly login?: (context: AuthContext) => boolean | undefined
  readonly exec?: (command: string, channel: ServerChannel, connection: Connection) => void
  readonly sftp?: boolean
}

/** A small SSH server of the tests' own: one login, exec, and files in memory. */
export interface SshTestServer {
  readonly port: number
  readonly files: Map<string, Buffer>
  /** Credentials as they arrived, in order: `password:admin:secret`. */
  readonly logins: string[]
  readonly sockets: Set<Socket>
  connections(): number
  stop(): Promise<void>
}

/** A key pair as the library writes it; ed25519 unless an RSA key is needed. */
export function newKey(type: 'ed25519' | 'rsa' = 'ed25519'): {
  readonly private: string
  readonly public: string
} {
  return type === 'rsa'
    ? ssh2.utils.generateKeyPairSync('rsa', { bits: 2048 })
    : ssh2.utils.generateKeyPairSync('ed25519')
}

/** Starts it on a free loopback port. */
export async function startSshServer(options: SshTestServerOptions = {}): Promise<SshTestServer> {
  const files = new Map<string, Buffer>()
  const logins: string[] = []
  const sockets = new Set<Socket>()
  let accepted = 0
  const server = new ssh2.Server(
    {
      hostKeys: [...(options.hostKeys ?? [newKey().private])],
      ident: 'ROSSSH',
      ...(options.algorithms && { algorithms: options.algorithms }),
    },
    (connection) => {
      connection.on('error', () => {})
      connection.on('authentication', (context) => {
        logins.push(
          `${context.method}:${context.username}:${context.method === 'password' ? context.password : ''}`,
        )
        const verdict = options.login === undefined ? isAdmin(context) : options.login(context)
        if (verdict === true) context.accept()
        else if (verdict === false) context.reject(['password', 'publickey'])
      })
      connection.on('session', (acceptSession) => {
        const session = acceptSession()
        session.on('exec', (acceptExec, _reject, info) => {
          const channel = acceptExec()
          channel.on('error', () => {})
          if (options.exec) options.exec(info.command, channel, connection)
          else answer(channel, `${info.command}\r\n`)
        })
        if (options.sftp !== false) session.on('sftp', (acceptSftp) => serveFiles(acceptSftp(), files))
      })
    },
  )
  const listener = createServer({ noDelay: true }, (socket) => {
    accepted++
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    server.injectSocket(socket)
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  return {
    port: (listener.address() as AddressInfo).port,
    files,
    logins,
    sockets,
    connections: () => accepted,
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => listener.close(() => resolve()))
    },
  }
}

/** Sends a whole answer as a router does: status 0, EOF, close. */
export function answer(channel: ServerChannel, text: string | Buffer): void {
  channel.write(text, () => {
    channel.exit(0)
    channel.end()
  })
}

function isAdmin(context: AuthContext): boolean {
  return context.method === 'password' && context.username === 'admin' && context.password === 'secret'
}

function serveFiles(sftp: SFTPWrapper, files: Map<string, Buffer>): void {
  const open = new Map<number, { readonly name: string; readonly write: boolean }>()
  let next = 0
  const fileOf = (handle: Buffer) => open.get(handle.readUInt32BE(0))
  const attributes = (size: number) => ({ mode: 0o100644, uid: 0, gid: 0, size, atime: 0, mtime: 0 })
  sftp.on('OPEN', (id, name, flags) => {
    const write = (flags & OPEN_MODE.WRITE) !== 0
    if (name.startsWith('locked/')) return sftp.status(id, STATUS_CODE.PERMISSION_DENIED)
    if (!write && !files.has(name)) return sftp.status(id, STATUS_CODE.NO_SUCH_FILE)
    if (write) files.set(name, Buffer.alloc(0))
    const handle = Buffer.alloc(4)
    handle.writeUInt32BE(next, 0)
    open.set(next++, { name, write })
    sftp.handle(id, handle)
  })
  sftp.on('READ', (id, handle, offset, length) => {
    const content = files.get(fileOf(handle)?.name ?? '')
    if (content === undefined) return sftp.status(id, STATUS_CODE.FAILURE)
    // Short reads are allowed by the protocol; a client has to ask again.
    const part = content.subarray(offset, offset + Math.min(length, 20_000))
    if (part.length === 0) return sftp.status(id, STATUS_CODE.EOF)
    sftp.data(id, part)
  })
  sftp.on('WRITE', (id, handle, offset, data) => {
    const name = fileOf(handle)?.name ?? ''
    const before = files.get(name) ?? Buffer.alloc(0)
    if (name.startsWith('full/')) return sftp.status(id, STATUS_CODE.FAILURE)
    const after = Buffer.alloc(Math.max(before.length, offset + data.length))
    before.copy(after)
    data.copy(after, offset)
    files.set(name, name.startsWith('lossy/') ? after.subarray(0, 1000) : after)
    sftp.status(id, STATUS_CODE.OK)
  })
  sftp.on('FSTAT', (id, handle) => {
    const name = fileOf(handle)?.name ?? ''
    const size = files.get(name)?.length ?? 0
    sftp.attrs(id, attributes(name.startsWith('shrinking/') ? size + 50_000 : size))
  })
  sftp.on('STAT', (id, name) => {
    const content = files.get(name)
    if (content === undefined) return sftp.status(id, STATUS_CODE.NO_SUCH_FILE)
    sftp.attrs(id, attributes(content.length))
  })
  sftp.on('CLOSE', (id) => sftp.status(id, STATUS_CODE.OK))
}
