import type { AlgorithmSet } from './algorithms.js'
import type { HostKeyType } from './host-key.js'

/** How a router's SSH server behaves where versions and devices differ, or where the facts are unsure. */
export interface SshOptions {
  /** Default `rsa` (RSA 2048), unless `/ip ssh host-key-type` says otherwise. */
  readonly hostKeyType?: HostKeyType
  /** An RSA private key in PEM; default one made per process. */
  readonly hostKeyPem?: string
  /** Which key of that kind; another number is another key. Default 0. */
  readonly hostKeyNumber?: number
  /** Default by version. */
  readonly algorithms?: AlgorithmSet
  /** The channel closes after one client window of output, as some versions do. Default false. */
  readonly cutsAtWindow?: boolean
  /** Answers `keepalive@openssh.com`. RouterOS is said not to. Default false. */
  readonly answersKeepalive?: boolean
  /**
   * Assumption: the job of an exec ends when its session dies (`end`, default, the safer reading) or runs on
   * (`continue`). `:execute` jobs run on in any case.
   */
  readonly jobOfLostSession?: 'end' | 'continue'
  /** A command string of several lines on exec is refused (`fail`, default) or run (`accept`). */
  readonly multiLineExec?: 'fail' | 'accept'
  /** The console asks at login whether to show the licence, as after a reset since 7.13. Default false. */
  readonly asksForLicense?: boolean
  /** Exit status told at the end of an exec; RouterOS says 0 even after errors. `by-result` is for comparison only. */
  readonly exitStatus?: 'zero' | 'by-result'
  /** SFTP `rename`: refused by default, because no source tells that it works. */
  readonly sftpRename?: 'refuse' | 'accept'
}
