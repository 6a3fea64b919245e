import type { AdmitVerdict, ConnectionFacts } from '../engine.js'
import type { RouterConfig } from '../state/router-config.js'
import { isInPrefix } from './address.js'

/** Whether packets of a connection to the router itself get in, by the present configuration. */
export function admit(config: RouterConfig, _major: number, connection: ConnectionFacts): AdmitVerdict {
  const services = config.menu('/ip service')
  const service = services?.items.find(
    (item) => Number(services.read(item, 'port')) === connection.destinationPort,
  )
  if (services === undefined || service === undefined || services.read(service, 'disabled') === 'yes') {
    return { verdict: 'reset', because: `/ip service: nothing listens on port ${connection.destinationPort}` }
  }
  const allowed = services.read(service, 'address') ?? ''
  const { sourceAddress } = connection
  if (allowed !== '' && sourceAddress !== undefined) {
    const isAllowed = allowed.split(',').some((prefix) => isInPrefix(sourceAddress, prefix))
    if (!isAllowed) return { verdict: 'reset', because: '/ip service: address not allowed' }
  }
  return { verdict: 'accept', because: '/ip service' }
}
