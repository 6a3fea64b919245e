import type { RscDocument } from '../document/rsc-document.js'

/** Whether an export was taken with its secrets. `auto` judges by whether it carries any. */
export type SecretVisibility = 'shown' | 'hidden' | 'auto'

/**
 * Secrets that some versions wrote although they left out the others. Source: measured exports of 7.1 to 7.20 that have
 * one of these and not the private key that every WireGuard interface has.
 */
const writtenRegardless = new Set([
  '/interface wireguard peers preshared-key',
  '/ip cloud back-to-home-user private-key',
  '/zerotier identity',
])

/**
 * True when the document states at least one property, if only an empty one, that the device would have left out of
 * an export without secrets. RouterOS leaves them out as whole properties and says nothing about it.
 */
export function carriesSecrets(document: RscDocument): boolean {
  const tunnels = document.menu('/interface wireguard')?.items ?? []
  if (tunnels.some((item) => item.verb === 'add' && !item.properties.has('private-key'))) return false
  for (const name of statedSecrets(document)) if (!writtenRegardless.has(name)) return true
  return false
}

/** The secrets that a document states of one item or another, as menu and property. */
export function statedSecrets(document: RscDocument): ReadonlySet<string> {
  const stated = new Set<string>()
  for (const { path, facts, items } of document.menus) {
    for (const name of facts?.sensitive ?? []) {
      if (items.some((item) => item.properties.has(name))) stated.add(`${path} ${name}`)
    }
  }
  return stated
}
