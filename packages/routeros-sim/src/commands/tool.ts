import { RouterError } from '../language/router-error.js'
import { NOTHING } from '../language/script-value.js'
import { type CommandTable, commandKey, type MenuCommand } from './menu-command.js'

/** Nothing answers behind a simulated router: what goes out to the network fails as it does without a link. */
const unreachable: MenuCommand = () => {
  throw new RouterError('failure: connection timeout')
}

const ping: MenuCommand = ({ execution, args }) => {
  const target = args.text('address') ?? args.positional[0]?.word ?? ''
  const count = Number(args.text('count') ?? '4')
  const rows = Array.from(
    { length: count },
    (_, i) => `${String(i).padStart(5)} ${target.padEnd(40)} timeout`,
  )
  execution.session.write(
    `  SEQ HOST${' '.repeat(37)}SIZE TTL TIME       STATUS\n${rows.join('\n')}\n    sent=${count} received=0 packet-loss=100%\n\n`,
  )
  return { type: 'num', value: 0 }
}

const nothing: MenuCommand = () => NOTHING

/** Commands that need a network, and a few that do nothing one could see here. */
export const tool: CommandTable = new Map([
  [commandKey('/tool', 'fetch'), unreachable],
  [commandKey('/tool', 'ping'), ping],
  [commandKey('/', 'ping'), ping],
  [commandKey('/tool e-mail', 'send'), unreachable],
  [commandKey('/tool', 'wol'), nothing],
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
