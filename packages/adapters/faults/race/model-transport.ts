import {
  type Clock,
  type DeviceConnection,
  DeviceConnectionLostError,
  type DeviceTransport,
  DeviceUnreachableError,
} from '@tod/core'
import { answer, ScriptError } from './model-console.js'
import type { ModelRouter } from './model-router.js'

/** How the network is. Every time is drawn anew for every message. */
export interface NetworkTraits {
  readonly latencyMs: () => number
  /** Extra wait of one message; mostly 0. */
  readonly stallMs: () => number
  /** True when the connection breaks at this message. */
  readonly breaks: () => boolean
}

const hostKey = { algorithm: 'ssh-ed25519', fingerprint: 'SHA256:model' }

/** The model behind a network that delays, stalls and breaks, in both directions. */
export function modelTransport(clock: Clock, router: ModelRouter, network: NetworkTraits): DeviceTransport {
  return {
    async connect(target, { signal } = {}) {
      const { deviceId } = target
      await clock.sleep(network.latencyMs() * 3 + network.stallMs(), signal === undefined ? {} : { signal })
      router.catchUp()
      if (!router.isUp) throw new DeviceUnreachableError({ deviceId })
      await target.verifyHostKey(hostKey)
      return connectionTo(clock, router, network, deviceId)
    },
  }
}

function connectionTo(
  clock: Clock,
  router: ModelRouter,
  network: NetworkTraits,
  deviceId: string,
): DeviceConnection {
  const gone = new AbortController()
  const lose = (): never => {
    gone.abort()
    throw new DeviceConnectionLostError({ deviceId })
  }
  /** There, the act, and back; each way may take long or break, and the act happens between them. */
  const exchange = async <T>(signal: AbortSignal | undefined, act: () => T): Promise<T> => {
    const options = signal === undefined ? {} : { signal }
    if (gone.signal.aborted) return lose()
    await clock.sleep(network.latencyMs() + network.stallMs(), options)
    router.catchUp()
    if (!router.isUp || gone.signal.aborted || network.breaks()) return lose()
    const result = act()
    await clock.sleep(network.latencyMs() + network.stallMs(), options)
    router.catchUp()
    if (!router.isUp || network.breaks()) return lose()
    return result
  }
  return {
    hostKey,
    closed: gone.signal,
    async exec(command, { signal } = {}) {
      const marker = /; :put "(tod-end-[^"]*)"$/.exec(command)
      const line = marker === null ? command : command.slice(0, marker.index)
      const output = await exchange(signal, () => {
        if (!line.startsWith('/system backup load')) return answerTo(router, line, marker?.[1] ?? '')
        router.load()
        return 'Restoring system configuration\n'
      })
      return { output: bytesOf(output), exitStatus: 0, closedInOrder: true }
    },
    async upload(path, content, { signal } = {}) {
      await exchange(signal, () => router.files.set(path, String.fromCharCode(...content)))
    },
    async download(path, { signal } = {}) {
      return bytesOf(await exchange(signal, () => router.files.get(path) ?? ''))
    },
    async close() {
      gone.abort()
    },
  }
}

/** A script that stops prints its error and no end marker. */
function answerTo(router: ModelRouter, line: string, marker: string): string {
  try {
    return `${answer(router, line)}\n${marker}\n`
  } catch (error) {
    if (error instanceof ScriptError) return `${error.message}\n`
    throw error
  }
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}
