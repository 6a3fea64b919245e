import type { RuleSetting } from './rule.js'
import { rules } from './rules/index.js'

/** Names that `extends` takes. `all` sets every rule to its stricter setting, at least `warn`. */
export type PresetName = 'recommended' | 'security' | 'all'

const settingOf = (
  pick: (rule: (typeof rules)[number]) => RuleSetting,
): Readonly<Record<string, RuleSetting>> => Object.fromEntries(rules.map((rule) => [rule.id, pick(rule)]))

/** Rule settings by preset. */
export const presets: Readonly<Record<PresetName, Readonly<Record<string, RuleSetting>>>> = {
  recommended: settingOf((rule) => rule.recommended),
  security: settingOf((rule) => rule.security),
  all: settingOf((rule) => {
    if (rule.recommended === 'error' || rule.security === 'error') return 'error'
    return 'warn'
  }),
}
