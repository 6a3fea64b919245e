import { DeviceCommandFailedError, DeviceOutputTooLargeError, type ExecReply } from '@tod/core'
import type { Client, ClientChannel } from 'ssh2'

/** One command on one channel. */
export interface ExecRequest {
  readonly deviceId: string
  readonly command: string
  readonly maxOutputBytes: number
  /** Gives the connection up: more came than was agreed. */
  readonly giveUp: () => void
}

/** A command under way: its reply, and a way to close its channel. */
export interface RunningExec {
  readonly reply: Promise<ExecReply>
  readonly cancel: () => void
}

/** Starts a command on an exec channel without a terminal and collects its output. */
export function execCommand(client: Client, request: ExecRequest): RunningExec {
  const { deviceId, command, maxOutputBytes } = request
  let channel: ClientChannel | undefined
  let cancelled = false
  const reply = new Promise<ExecReply>((resolve, reject) => {
    client.exec(command, (error, opened) => {
      if (error !== undefined) {
        reject(channelRefused(deviceId, error))
        return
      }
      channel = opened
      if (cancelled) {
        opened.close()
        return
      }
      const chunks: Buffer[] = []
      let bytes = 0
      let exitStatus: number | null = null
      const sawEof = watchForEof(opened)
      const count = (chunk: Buffer): boolean => {
        bytes += chunk.length
        if (bytes <= maxOutputBytes) return true
        reject(new DeviceOutputTooLargeError({ deviceId, maxBytes: maxOutputBytes }))
        request.giveUp()
        return false
      }
      opened.on('data', (chunk: Buffer) => {
        if (count(chunk)) chunks.push(chunk)
      })
      opened.stderr.on('data', count)
      opened.on('error', reject)
      opened.on('exit', (code: number | null) => {
        exitStatus = code
      })
      opened.on('close', () => {
        resolve({ output: new Uint8Array(Buffer.concat(chunks)), exitStatus, closedInOrder: sawEof() })
      })
    })
  })
  reply.catch(() => {})
  return {
    reply,
    cancel: () => {
      cancelled = true
      channel?.close()
    },
  }
}

/**
 * Whether the peer said EOF before it closed the channel. The library ends the stream in both cases and keeps the
 * difference in a property that its types leave out; should the property go, no channel counts as closed in order.
 */
function watchForEof(channel: ClientChannel): () => boolean {
  const incoming: unknown = Reflect.get(channel, 'incoming')
  const push = channel.push.bind(channel)
  let eof = false
  channel.push = (chunk, encoding) => {
    if (chunk === null && typeof incoming === 'object' && incoming !== null) {
      eof ||= Reflect.get(incoming, 'state') === 'eof'
    }
    return push(chunk, encoding)
  }
  return () => eof
}

/** The peer is there and answers, but gives no channel (too many sessions, no `ssh` policy for exec). */
function channelRefused(deviceId: string, cause: Error): DeviceCommandFailedError {
  return new DeviceCommandFailedError({ deviceId, command: 'exec', reason: 'channel-refused' }, { cause })
}
