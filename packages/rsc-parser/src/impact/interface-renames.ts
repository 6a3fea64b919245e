import type { DeviceView, ViewItem } from './device-view.js'

/** Properties that do not tell one interface from another. */
const notTelling = new Set(['name', 'comment', 'disabled'])

/**
 * The former names of interfaces that are the same in two documents under different names, by the new name: the old
 * name is gone, the new one was not there, and everything else about them is equal. Ports need no such guess, they
 * have a default name.
 */
export function formerInterfaceNames(from: DeviceView, to: DeviceView): ReadonlyMap<string, string> {
  const renames = new Map<string, string>()
  for (const menu of from.menus) {
    if (!/^\/interface [a-z0-9-]+$|^\/zerotier interface$/.test(menu) || menu === '/interface list') continue
    const before = from.items(menu)
    const after = to.items(menu)
    const namesBefore = new Set(before.map((item) => item.name))
    const namesAfter = new Set(after.map((item) => item.name))
    const gone = before.filter((item) => item.name !== undefined && !namesAfter.has(item.name))
    const come = after.filter((item) => item.name !== undefined && !namesBefore.has(item.name))
    for (const item of gone) {
      const [only, another] = come.filter((each) => textOf(each) === textOf(item))
      const isOnly =
        another === undefined && gone.filter((each) => textOf(each) === textOf(item)).length === 1
      if (item.name !== undefined && only?.name !== undefined && isOnly) renames.set(only.name, item.name)
    }
  }
  return renames
}

function textOf(item: ViewItem): string {
  return [...item.state.values]
    .filter(([name]) => !notTelling.has(name))
    .map((pair) => pair.join('='))
    .sort()
    .join(' ')
}
