export { describeHostKey } from './host-key-policy.js'
export { SshTransport, type SshTransportOptions } from './ssh-transport.js'
