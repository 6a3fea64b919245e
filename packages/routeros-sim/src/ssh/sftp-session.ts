import ssh2, { type FileEntry, type SFTPWrapper } from 'ssh2'
import type { RouterFile, SessionContext } from '../engine.js'
import { FileStoreError } from '../files/file-store-error.js'
import { runsAtOnce } from '../files/runs-at-once.js'
import type { ConnectionHost } from './connection-host.js'

const { STATUS_CODE: status, OPEN_MODE: mode } = ssh2.utils.sftp

interface OpenHandle {
  readonly name: string
  readonly kind: 'read' | 'write' | 'directory'
  content: Buffer
  length: number
  isListed: boolean
}

/**
 * SFTP over the router's files, with a router's quirks: names are relative to the root, permissions and times are not
 * kept, parents are not created, an upload is on the store only when it is closed or the link broke, and a file named
 * `*.auto.rsc` is executed once it has arrived.
 */
export function serveSftp(host: ConnectionHost, sftp: SFTPWrapper, session: SessionContext): void {
  const handles = new Map<number, OpenHandle>()
  let nextHandle = 1

  const opened = (id: number, handle: OpenHandle) => {
    const number = nextHandle++
    handles.set(number, handle)
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(number)
    sftp.handle(id, bytes)
  }
  const find = (bytes: Buffer): OpenHandle | undefined =>
    bytes.length === 4 ? handles.get(bytes.readUInt32BE(0)) : undefined
  const fail = (id: number, error: unknown) =>
    sftp.status(id, status.FAILURE, error instanceof Error ? error.message : String(error))
  const store = async (handle: OpenHandle) => {
    await host.files.write(handle.name, handle.content.subarray(0, handle.length))
    if (runsAtOnce(handle.name)) host.engine.fileUploaded(handle.name, session.user)
  }
  const stat = (id: number, path: string) => {
    const name = rooted(path)
    const file = name === '' ? rootDirectory : host.files.find(name)
    if (file) sftp.attrs(id, attributesOf(file))
    else sftp.status(id, status.NO_SUCH_FILE)
  }

  sftp.on('OPEN', (id, path, flags) => {
    const name = rooted(path)
    for (const fault of host.faults.take({ on: 'transfer', subject: name })) {
      if (host.act(fault)) return
    }
    const found = host.files.find(name)
    if (flags & mode.WRITE) {
      if (found && found.type !== 'file') return void sftp.status(id, status.FAILURE)
      if (!parentExists(host, name)) return void sftp.status(id, status.NO_SUCH_FILE)
      const keeps = flags & mode.TRUNC ? undefined : host.files.read(name)
      const content = Buffer.from(keeps ?? new Uint8Array(0))
      return opened(id, { name, kind: 'write', content, length: content.length, isListed: false })
    }
    const content = host.files.read(name)
    if (content === undefined) return void sftp.status(id, status.NO_SUCH_FILE)
    opened(id, { name, kind: 'read', content: Buffer.from(content), length: content.length, isListed: false })
  })

  sftp.on('READ', (id, bytes, offset, length) => {
    const handle = find(bytes)
    if (handle?.kind !== 'read') return void sftp.status(id, status.FAILURE)
    if (offset >= handle.length) return void sftp.status(id, status.EOF)
    sftp.data(id, handle.content.subarray(offset, Math.min(offset + length, handle.length)))
  })

  sftp.on('WRITE', (id, bytes, offset, data) => {
    const handle = find(bytes)
    if (handle?.kind !== 'write') return void sftp.status(id, status.FAILURE)
    const end = offset + data.length
    const before = host.files.find(handle.name)?.size ?? 0
    if (end - before > host.files.freeBytes()) return void sftp.status(id, status.FAILURE, 'no space left')
    if (end > handle.content.length) {
      const grown = Buffer.alloc(Math.max(end, handle.content.length * 2))
      handle.content.copy(grown, 0, 0, handle.length)
      handle.content = grown
    }
    data.copy(handle.content, offset)
    handle.length = Math.max(handle.length, end)
    sftp.status(id, status.OK)
  })

  sftp.on('CLOSE', (id, bytes) => {
    const handle = find(bytes)
    if (handle === undefined) return void sftp.status(id, status.FAILURE)
    handles.delete(bytes.readUInt32BE(0))
    if (handle.kind !== 'write') return void sftp.status(id, status.OK)
    store(handle).then(
      () => sftp.status(id, status.OK),
      (error: unknown) => fail(id, error),
    )
  })

  sftp.on('OPENDIR', (id, path) => {
    const name = rooted(path)
    const found = name === '' ? rootDirectory : host.files.find(name)
    if (found === undefined || found.type === 'file') return void sftp.status(id, status.NO_SUCH_FILE)
    opened(id, { name, kind: 'directory', content: Buffer.alloc(0), length: 0, isListed: false })
  })

  sftp.on('READDIR', (id, bytes) => {
    const handle = find(bytes)
    if (handle?.kind !== 'directory') return void sftp.status(id, status.FAILURE)
    if (handle.isListed) return void sftp.status(id, status.EOF)
    handle.isListed = true
    sftp.name(id, listing(host.files.list(), handle.name))
  })

  sftp.on('STAT', stat)
  sftp.on('LSTAT', stat)
  sftp.on('FSTAT', (id, bytes) => {
    const handle = find(bytes)
    if (handle) sftp.attrs(id, { mode: 0o100644, uid: 0, gid: 0, size: handle.length, atime: 0, mtime: 0 })
    else sftp.status(id, status.FAILURE)
  })
  sftp.on('SETSTAT', (id) => sftp.status(id, status.OK))
  sftp.on('FSETSTAT', (id) => sftp.status(id, status.OK))
  sftp.on('REALPATH', (id, path) => {
    const filename = `/${rooted(path)}`
    sftp.name(id, [entryOf(filename, rootDirectory)])
  })
  sftp.on('REMOVE', (id, path) => {
    const isFile = host.files.find(rooted(path))?.type === 'file'
    sftp.status(id, isFile && host.files.remove(rooted(path)) ? status.OK : status.NO_SUCH_FILE)
  })
  sftp.on('RMDIR', (id, path) => {
    const isDirectory = host.files.find(rooted(path))?.type === 'directory'
    sftp.status(id, isDirectory && host.files.remove(rooted(path)) ? status.OK : status.NO_SUCH_FILE)
  })
  sftp.on('MKDIR', (id, path) => {
    try {
      host.files.makeDirectory(rooted(path))
      sftp.status(id, status.OK)
    } catch (error) {
      if (error instanceof FileStoreError) fail(id, error)
      else throw error
    }
  })
  sftp.on('RENAME', (id, from, to) => {
    if (host.options.sftpRename !== 'accept') return void sftp.status(id, status.OP_UNSUPPORTED)
    sftp.status(id, host.files.rename(rooted(from), rooted(to)) ? status.OK : status.NO_SUCH_FILE)
  })

  // The client has said all it wants; without an answer OpenSSH waits for ever.
  sftp.once('end', () => {
    tellStatusZero(sftp)
    sftp.end()
  })

  // A link that breaks in an upload leaves what had arrived.
  sftp.once('close', () => {
    for (const handle of handles.values()) {
      if (handle.kind !== 'write' || host.isGoingDown()) continue
      host.files.write(handle.name, handle.content.subarray(0, handle.length)).catch(() => {})
    }
    handles.clear()
  })
}

/** OpenSSH's scp fails without an exit status; ssh2 has no public call that sends one for a subsystem. */
function tellStatusZero(sftp: SFTPWrapper): void {
  const protocol = Reflect.get(sftp, '_protocol') as
    | { exitStatus?(channel: number, status: number): void }
    | undefined
  const outgoing = Reflect.get(sftp, 'outgoing') as { id?: number } | undefined
  if (outgoing?.id !== undefined) protocol?.exitStatus?.(outgoing.id, 0)
}

const rootDirectory: RouterFile = { name: '', type: 'directory', size: 0, createdMs: 0, modifiedMs: 0 }

function rooted(path: string): string {
  const parts: string[] = []
  for (const part of Buffer.from(path, 'utf8').toString('latin1').split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

function parentExists(host: ConnectionHost, name: string): boolean {
  const slash = name.lastIndexOf('/')
  if (slash < 0) return name !== ''
  const parent = host.files.find(name.slice(0, slash))
  return parent !== undefined && parent.type !== 'file'
}

function listing(files: readonly RouterFile[], directory: string): FileEntry[] {
  const prefix = directory === '' ? '' : `${directory}/`
  return files
    .filter((file) => file.name.startsWith(prefix) && !file.name.slice(prefix.length).includes('/'))
    .map((file) => entryOf(Buffer.from(file.name.slice(prefix.length), 'latin1').toString('utf8'), file))
}

function entryOf(filename: string, file: RouterFile): FileEntry {
  const kind = file.type === 'file' ? '-rw-rw----' : 'drwxrwx---'
  const date = new Date(file.modifiedMs).toUTCString().slice(5, 11)
  const longname = `${kind} 1 root root ${String(file.size).padStart(10)} ${date} 00:00 ${filename}`
  return { filename, longname, attrs: attributesOf(file) }
}

/** Permissions and times are not kept by a router: times are those of the file, rights always the same. */
function attributesOf(file: RouterFile): FileEntry['attrs'] {
  const seconds = Math.floor(file.modifiedMs / 1000)
  const rights = file.type === 'file' ? 0o100660 : 0o040770
  return { mode: rights, uid: 0, gid: 0, size: file.size, atime: seconds, mtime: seconds }
}
