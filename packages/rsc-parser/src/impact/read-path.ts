import { formatIpAddress, parseIpPrefix, prefixRange } from './ip-range.js'
import type { ManagementPath } from './management-path.js'
import type { ReadPath } from './packet-factory.js'

/**
 * Reads the texts of a path.
 * @throws TypeError when an address is none, or the families differ: the caller's mistake, not the document's.
 */
export function readPath(path: ManagementPath): ReadPath {
  const source = parseIpPrefix(path.source)
  const destination = parseIpPrefix(path.destination.split('/')[0] ?? '')
  if (source === undefined) throw new TypeError(`The source "${path.source}" is no address or prefix.`)
  if (destination === undefined) throw new TypeError(`The destination "${path.destination}" is no address.`)
  if (source.family !== destination.family)
    throw new TypeError('Source and destination are of different families.')
  return {
    path: { ...path, destination: formatIpAddress(destination.family, destination.address) },
    prefix: source,
    source: prefixRange(source),
    destination: prefixRange(destination),
    protocol: path.protocol ?? 'tcp',
    port: path.port ?? 22,
  }
}
