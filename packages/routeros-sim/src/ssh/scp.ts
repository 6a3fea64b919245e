import type { ServerChannel } from 'ssh2'
import type { SessionContext } from '../engine.js'
import { runsAtOnce } from '../files/runs-at-once.js'
import { ByteReader } from './byte-reader.js'
import type { ConnectionHost } from './connection-host.js'

/** Serves `scp -t` and `scp -f` (the old protocol) over the router's files. Returns the exit status. */
export async function runScp(
  host: ConnectionHost,
  channel: ServerChannel,
  line: string,
  session: SessionContext,
): Promise<number> {
  const words = line.trim().split(/\s+/).slice(1)
  const flags = words.filter((word) => word.startsWith('-')).join('')
  const path = words.filter((word) => !word.startsWith('-')).join(' ')
  const name = path.replace(/^\.?\/+/, '')
  if (!host.engine.hasPolicy(session.user, 'ftp')) return refuse(channel, 'not enough permissions (9)')
  for (const fault of host.faults.take({ on: 'transfer', subject: name })) {
    if (host.act(fault)) return 1
  }
  return flags.includes('t') ? receive(host, channel, name, session) : send(host, channel, name)
}

async function receive(
  host: ConnectionHost,
  channel: ServerChannel,
  name: string,
  session: SessionContext,
): Promise<number> {
  const reader = new ByteReader(channel)
  channel.write(Buffer.from([0]))
  let status = 0
  for (;;) {
    const header = await reader.line()
    if (header === undefined) return status
    if (header.startsWith('T') || header.startsWith('E')) {
      channel.write(Buffer.from([0]))
      continue
    }
    const file = /^C\d{4} (\d+) (.+)$/.exec(header)
    if (!file) return refuse(channel, `scp: unexpected ${header.slice(0, 20)}`)
    channel.write(Buffer.from([0]))
    const content = await reader.bytes(Number(file[1]))
    await reader.bytes(1)
    const isDirectory = name === '' || name === '.' || host.files.find(name)?.type !== 'file'
    const target =
      isDirectory && (name === '' || name === '.' || host.files.find(name)) ? join(name, file[2]) : name
    try {
      await host.files.write(target, content)
      channel.write(Buffer.from([0]))
      if (runsAtOnce(target)) host.engine.fileUploaded(target, session.user)
    } catch (error) {
      status = refuse(channel, error instanceof Error ? error.message : String(error))
    }
  }
}

async function send(host: ConnectionHost, channel: ServerChannel, name: string): Promise<number> {
  const reader = new ByteReader(channel)
  await reader.bytes(1)
  const content = host.files.read(name)
  if (content === undefined) return refuse(channel, `scp: ${name}: no such file`)
  channel.write(`C0644 ${content.length} ${name.slice(name.lastIndexOf('/') + 1)}\n`)
  await reader.bytes(1)
  channel.write(Buffer.from(content))
  channel.write(Buffer.from([0]))
  await reader.bytes(1)
  return 0
}

function refuse(channel: ServerChannel, message: string): number {
  channel.write(Buffer.concat([Buffer.from([1]), Buffer.from(`${message}\n`, 'latin1')]))
  return 1
}

function join(directory: string, name = ''): string {
  return directory === '' || directory === '.' ? name : `${directory}/${name}`
}
