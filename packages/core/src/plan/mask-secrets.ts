import type { RscDocument } from '@tod/rsc-parser'

/** What stands in the place of a secret. */
export const secretMask = '***'

/** Shorter values are not looked for in texts: they would blank out half of it and protect nothing. */
const shortestSecret = 3

/** Values of all secret properties in some documents, longest first. */
export function secretsOf(documents: readonly RscDocument[]): readonly string[] {
  const secrets = new Set<string>()
  for (const document of documents) {
    for (const menu of document.menus) {
      const names = [...(menu.facts?.sensitive ?? []), ...(menu.facts?.sensitiveSoft ?? [])]
      if (names.length === 0) continue
      for (const item of menu.items) {
        for (const name of names) {
          const value = item.properties.get(name)?.value ?? ''
          if (value.length >= shortestSecret) secrets.add(value)
        }
      }
    }
  }
  return [...secrets].sort((a, b) => b.length - a.length)
}

/**
 * A text of the device or of a plan with every known secret blanked out, as written and as escaped.
 *
 * @param secrets from `secretsOf`.
 */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  let masked = text
  for (const secret of secrets) {
    for (const form of new Set([secret, escaped(secret)])) masked = masked.replaceAll(form, secretMask)
  }
  return masked
}

function escaped(value: string): string {
  return value.replace(/["\\$?]/g, (character) => `\\${character}`)
}
