import type { RscDocument } from '../document/rsc-document.js'

/** Whether an export was taken with its secrets. `auto` judges by whether it carries any. */
export type SecretVisibility = 'shown' | 'hidden' | 'auto'

/**
 * True when the document states at least one property, if only an empty one, that the device would have left out of
 * an export without secrets. RouterOS leaves them out as whole properties and says nothing about it.
 */
export function carriesSecrets(document: RscDocument): boolean {
  return document.menus.some((menu) => {
    const sensitive = menu.facts?.sensitive ?? []
    if (sensitive.length === 0) return false
    return menu.items.some((item) => sensitive.some((name) => item.properties.has(name)))
  })
}
