import { isInterfaceMenu } from './interface-family.js'
import { itemName } from './item-name.js'
import { findByName, namesIn, referenceTargets } from './reference.js'
import type { RouterConfig } from './router-config.js'

/** Marks a port that the loaded export did not mention: it was there before all that was. */
export const IMPLIED_PORT = '.implied'

/** Menu of the hardware interface that a default name belongs to. */
function portMenu(name: string): string | undefined {
  if (/^(?:ether|sfp|qsfp|combo)/.test(name)) return '/interface ethernet'
  if (/^wlan60-/.test(name)) return '/interface w60g'
  if (/^wlan\d/.test(name)) return '/interface wireless'
  if (/^wifi\d/.test(name)) return '/interface wifi'
  if (/^lte\d/.test(name)) return '/interface lte'
  return undefined
}

/** Ports that a board is known to have, by what its model name says: `24G` is ether1 to ether24, `4S+` four SFP+. */
function portsOfModel(model: string, major: number): string[] {
  const ports: string[] = []
  const count = (prefix: string, amount: number): void => {
    for (let i = 1; i <= amount; i += 1) ports.push(`${prefix}${i}`)
  }
  const copper = /(?:^|-)(\d+)G(?=[-+SP\d]|$)/.exec(model)?.[1]
  const plus = /(?:^|[-GP])(\d+)S\+/.exec(model)?.[1]
  const sfp = /(?:^|[-GP])(\d+)S(?![\w+])/.exec(model)?.[1]
  const radios = model.match(/\d(?:[HU]?P?)(?:n|ac|ax)[DTQS]*P?n?[DTQS]/g)?.length ?? 0
  count(major >= 7 && /Hax|axD/.test(model) ? 'wifi' : 'wlan', radios)
  if (copper !== undefined) count('ether', Number(copper))
  if (plus !== undefined) count(Number(plus) === 1 ? 'sfp-sfpplus' : 'sfp-sfpplus', Number(plus))
  if (sfp !== undefined) count(Number(sfp) === 1 ? 'sfp' : 'sfp', Number(sfp))
  return ports
}

/** Names that the configuration uses as interfaces though nothing defines them: ports in their default state. */
function* danglingInterfaces(config: RouterConfig): IterableIterator<string> {
  for (const menu of [...config.menus.values()]) {
    const refs = menu.facts?.refs
    if (refs === undefined) continue
    for (const [property, spec] of Object.entries(refs)) {
      const targets = referenceTargets(spec, menu.path)
      if (!targets.some((target) => target.menu === '/interface' || target.menu === '/interface ethernet'))
        continue
      for (const item of menu.items) {
        const value = item.values.get(property)
        if (typeof value !== 'string') continue
        for (const name of namesIn(value)) {
          if (targets.every((target) => findByName(config, target.menu, name) === undefined)) yield name
        }
      }
    }
  }
}

/**
 * Adds the ports that a compact export leaves out because nothing about them was changed: those it refers to, those the
 * model name tells of, and the gaps between.
 */
export function completeHardware(config: RouterConfig, model: string, major: number): void {
  const defaults = new Set<string>()
  for (const item of config.interfaces()) {
    const name = item.base.get('.default-name')
    if (typeof name === 'string') defaults.add(name)
  }
  const wanted = new Set([...portsOfModel(model, major), ...danglingInterfaces(config)])
  // A board whose model tells nothing has ports enough for what is commonly configured.
  if (portsOfModel(model, major).length === 0) {
    for (let i = 1; i <= (model === 'CHR' ? 8 : 5); i += 1) wanted.add(`ether${i}`)
  }
  const highest = Math.max(
    0,
    ...[...defaults, ...wanted].map((name) => Number(/^ether(\d+)$/.exec(name)?.[1] ?? 0)),
  )
  for (let i = 1; i <= highest; i += 1) wanted.add(`ether${i}`)
  for (const name of wanted) {
    const menu = portMenu(name)
    if (menu === undefined || defaults.has(name) || hasInterface(config, name)) continue
    if (menu === '/interface wireless' && major >= 7 && config.menu('/interface wifi') !== undefined) continue
    config.add(menu, {
      handle: { kind: 'find', property: 'default-name', value: name },
      base: [
        ['.default-name', name],
        ['name', name],
        [IMPLIED_PORT, ''],
      ],
      fixed: true,
    })
  }
}

function hasInterface(config: RouterConfig, name: string): boolean {
  for (const menu of config.menus.values()) {
    if (isInterfaceMenu(menu.path) && menu.items.some((item) => itemName(menu, item) === name)) return true
  }
  return false
}
