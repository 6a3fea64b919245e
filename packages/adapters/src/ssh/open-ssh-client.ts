import { connect, type Socket } from 'node:net'
import { abortReason, type DeviceTarget, type HostKey, throwIfAborted } from '@tod/core'
import ssh2, { type AnyAuthMethod, type AuthenticationType, type Client } from 'ssh2'
import { offeredAlgorithms } from './algorithms.js'
import { HostKeyPolicy } from './host-key-policy.js'
import { loginMethods } from './login-methods.js'
import { type ConnectionPhase, toDeviceError } from './to-device-error.js'

/** A client that has logged in. */
export interface OpenedClient {
  readonly client: Client
  readonly hostKey: HostKey
  /** Ends the connection at once, whatever is still to be written. */
  readonly destroy: () => void
}

/**
 * Connects, checks the host key and logs in. All of the library's own timers are off: the signal is the time limit.
 *
 * @throws DEVICE_UNREACHABLE · DEVICE_AUTH_FAILED · what `verifyHostKey` rejects with · the reason of the signal
 */
export async function openSshClient(
  target: DeviceTarget,
  options: { readonly legacy: boolean; readonly signal?: AbortSignal | undefined },
): Promise<OpenedClient> {
  const { deviceId } = target
  const { signal } = options
  throwIfAborted(signal)
  let phase: ConnectionPhase = 'connecting'
  const methods = methodsOf(target)
  const policy = new HostKeyPolicy(target.verifyHostKey)
  const socket = openSocket(target)
  const client = new ssh2.Client()
  const destroy = (): void => {
    socket.destroy()
  }

  const opened = new Promise<OpenedClient>((resolve, reject) => {
    let hostKey: HostKey | undefined
    // Stays for the life of the client: an error without a listener would end the process.
    client.on('error', (error) => reject(toDeviceError(error, { deviceId, phase })))
    client.on('close', () => reject(toDeviceError(new Error('closed by the peer'), { deviceId, phase })))
    client.on('change password', () => reject(toDeviceError(undefined, { deviceId, phase: 'refused' })))
    client.on('ready', () => {
      phase = 'connected'
      if (hostKey !== undefined) resolve({ client, hostKey, destroy })
    })
    const tryLogin = async (
      allowed: readonly AuthenticationType[] | null,
    ): Promise<AnyAuthMethod | false> => {
      if (hostKey === undefined) hostKey = await policy.confirm()
      else phase = 'refused'
      return nextMethod(methods, allowed)
    }
    client.connect({
      sock: socket,
      username: target.credentials.username,
      readyTimeout: 0,
      keepaliveInterval: 0,
      algorithms: offeredAlgorithms({ legacy: options.legacy, knownKeyType: target.knownHostKeyAlgorithm }),
      hostVerifier: policy.verdict,
      authHandler: (allowed, _partial, next) => {
        // The types leave out that `false` is how to say that there is nothing more to try.
        tryLogin(allowed).then((method) => next(method as AnyAuthMethod), reject)
      },
    })
  })
  return untilAborted(opened, signal, destroy)
}

/** Begins to connect. A port that is none is refused at once, and thrown. */
function openSocket({ deviceId, host, port }: DeviceTarget): Socket {
  try {
    // Without noDelay each round trip of the handshake waits for Nagle and delayed acknowledgements: 120 ms a login.
    return connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 30_000 })
  } catch (cause) {
    throw toDeviceError(cause, { deviceId, phase: 'connecting' })
  }
}

function methodsOf(target: DeviceTarget): AnyAuthMethod[] {
  try {
    return [...loginMethods(target.credentials)]
  } catch (cause) {
    throw toDeviceError(cause, { deviceId: target.deviceId, phase: 'connecting' })
  }
}

/** Takes the next way to log in that the peer still accepts; `allowed` is null before the first try. */
function nextMethod(
  methods: AnyAuthMethod[],
  allowed: readonly AuthenticationType[] | null,
): AnyAuthMethod | false {
  for (let method = methods.shift(); method !== undefined; method = methods.shift()) {
    if (allowed === null || allowed.includes(method.type)) return method
  }
  return false
}

/** Settles like `work`, or rejects with the signal's reason; in every case but success the connection is destroyed. */
async function untilAborted<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
  destroy: () => void,
): Promise<T> {
  let onAbort = (): void => {}
  const stopped = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(abortReason(signal))
    signal?.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([work, stopped])
  } catch (error) {
    destroy()
    throw error
  } finally {
    signal?.removeEventListener('abort', onAbort)
  }
}
