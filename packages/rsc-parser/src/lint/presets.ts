import type { Rule, RuleSetting } from './rule.js'
import { rules } from './rules/index.js'

/** Names that `extends` takes. `all` sets every rule to its stricter setting, at least `warn`. */
export type PresetName = 'recommended' | 'security' | 'all'

const pick: Readonly<Record<PresetName, (rule: Rule) => RuleSetting>> = {
  recommended: (rule) => rule.recommended,
  security: (rule) => rule.security,
  all: (rule) => (rule.recommended === 'error' || rule.security === 'error' ? 'error' : 'warn'),
}

/** True for the name of a preset. */
export function isPreset(name: string): name is PresetName {
  return Object.hasOwn(pick, name)
}

/** The setting of each rule in a preset. */
export function presetRules(name: PresetName): ReadonlyMap<string, RuleSetting> {
  return new Map(rules.map((rule) => [rule.id, pick[name](rule)]))
}
