import { toText } from '../language/convert-value.js'
import { RouterError } from '../language/router-error.js'
import { NOTHING, num } from '../language/script-value.js'
import { NetworkState } from '../network/network-state.js'
import { localAddresses } from '../network/return-route.js'
import { type CommandTable, commandKey, type MenuCommand } from './menu-command.js'

/** Nothing answers behind a simulated router: what goes out to the network fails as it does without a link. */
const unreachable: MenuCommand = () => {
  throw new RouterError('failure: connection timeout')
}

/** Only the router's own addresses answer. */
const ping: MenuCommand = ({ router, execution, args }) => {
  const target = args.text('address') ?? toText(args.positional[0]?.value ?? NOTHING)
  const count = Number(args.text('count') ?? '4')
  const net = new NetworkState(router.config, router.major)
  const answers = [...localAddresses(net, 4), ...localAddresses(net, 6)].some((own) => own.address === target)
  const answer = answers ? '  56  64 0ms' : 'timeout'
  const rows = Array.from(
    { length: count },
    (_, i) => `${String(i).padStart(5)} ${target.padEnd(40)} ${answer}`,
  )
  const received = answers ? count : 0
  const times = answers ? ' min-rtt=0ms avg-rtt=0ms max-rtt=0ms' : ''
  execution.session.write(
    `  SEQ HOST${' '.repeat(37)}SIZE TTL TIME       STATUS\n${rows.join('\n')}\n` +
      `    sent=${count} received=${received} packet-loss=${answers ? 0 : 100}%${times}\n\n`,
  )
  return num(received)
}

const nothing: MenuCommand = () => NOTHING

/** Commands that need a network, and a few that do nothing one could see here. */
export const tool: CommandTable = new Map([
  [commandKey('/tool', 'fetch'), unreachable],
  [commandKey('/tool', 'ping'), ping],
  [commandKey('/', 'ping'), ping],
  [commandKey('/tool e-mail', 'send'), unreachable],
  [commandKey('/tool', 'wol'), nothing],
  [commandKey('/tool', 'torch'), nothing],
  [commandKey('/interface', 'monitor-traffic'), nothing],
  [commandKey('/interface ethernet', 'monitor'), nothing],
  [commandKey('/terminal', 'style'), nothing],
  [commandKey('/terminal', 'inkey'), nothing],
  [commandKey('/terminal', 'cuu'), nothing],
  [commandKey('/terminal', 'el'), nothing],
  [commandKey('/system package update', 'install'), unreachable],
  [commandKey('/certificate', 'sign'), nothing],
  [commandKey('/ip dns cache', 'flush'), nothing],
  [commandKey('/ip dhcp-client', 'renew'), nothing],
  [commandKey('/ip dhcp-client', 'release'), nothing],
  [commandKey('/system package update', 'check-for-updates'), unreachable],
  [commandKey('/interface ethernet', 'reset-mac-address'), nothing],
])
