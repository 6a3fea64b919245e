import { formatDuration, parseDuration } from '../language/durations.js'
import type { StoredValue } from './config-item.js'

/** Properties that hold a duration; exports print them in the short unit form. */
const DURATIONS: ReadonlySet<string> = new Set([
  'interval',
  'lease-time',
  'timeout',
  'address-list-timeout',
  'idle-timeout',
  'session-timeout',
  'keepalive-timeout',
  'ageing-time',
  'forward-delay',
  'max-message-age',
  'hello-interval',
  'dead-interval',
  'arp-interval',
  'query-interval',
  'ttl',
  'dpd-interval',
  'lifetime',
  'persistent-keepalive',
  'tcp-established-timeout',
  'cache-max-ttl',
])

/** The network address of `192.168.88.1/24`; undefined when it is no IPv4 prefix. */
export function networkOf(address: StoredValue | undefined): string | undefined {
  if (typeof address !== 'string') return undefined
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)(?:\/(\d+))?$/.exec(address)
  if (match === null) return undefined
  const number = match.slice(1, 5).reduce((sum, octet) => sum * 256 + Number(octet), 0)
  const size = 2 ** (32 - Number(match[5] ?? 32))
  const network = Math.floor(number / size) * size
  return [24, 16, 8, 0].map((shift) => Math.floor(network / 2 ** shift) % 256).join('.')
}

/** A value as the router keeps it: one spelling for what means the same. */
export function normalizeValue(menu: string, property: string, text: string): string {
  if (property === 'disabled' && (text === 'true' || text === 'false')) return text === 'true' ? 'yes' : 'no'
  if (DURATIONS.has(property)) {
    const isSeconds = /^\d+$/.test(text) && (property === 'interval' || property === 'lease-time')
    const ms = isSeconds ? Number(text) * 1000 : parseDuration(text)
    if (ms !== undefined) return formatDuration(ms)
  }
  if (property === 'mac-address' && /^(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}$/.test(text))
    return text.toUpperCase()
  if (menu === '/ip firewall address-list' && property === 'address') return text.replace(/\/32$/, '')
  return text
}
