import { matchesGlob } from './glob-match.js'
import { isPreset, type PresetName, presetRules } from './presets.js'
import type { RuleSetting } from './rule.js'
import { findRule } from './rules/index.js'

/** What a text is: `export` the whole configuration of a device, `fragment` a part; `auto` judges by the text. */
export type SourceKind = 'auto' | 'export' | 'fragment'

/** Settings for some of the files. */
export interface ConfigOverride {
  /** Globs over paths with forward slashes: `*`, `**`, `?`, `{a,b}`. */
  readonly files: readonly string[]
  readonly rules?: Readonly<Record<string, RuleSetting>>
  readonly ros?: string
  readonly kind?: SourceKind
}

/** A lint configuration, as `rsclint.config.json` holds it; `rsclint.schema.json` describes it. */
export interface LintConfig {
  /** Default `["recommended"]`. Later presets win over earlier ones, `rules` over all. */
  readonly extends?: readonly PresetName[]
  readonly rules?: Readonly<Record<string, RuleSetting>>
  /** RouterOS release to judge by, such as `7.16`; default: what the header says. */
  readonly ros?: string
  readonly kind?: SourceKind
  readonly overrides?: readonly ConfigOverride[]
  /** Globs of files to leave out. */
  readonly ignore?: readonly string[]
}

/** A configuration applied to one file. */
export interface FileConfig {
  readonly rules: ReadonlyMap<string, RuleSetting>
  readonly ros: string | undefined
  readonly kind: SourceKind
}

/** The settings for one file; `path` is what globs are matched against. */
export function configFor(config: LintConfig, path = ''): FileConfig {
  const rules = new Map<string, RuleSetting>()
  const apply = (settings: Readonly<Record<string, RuleSetting>> | undefined): void => {
    for (const [id, setting] of Object.entries(settings ?? {})) rules.set(id, setting)
  }
  for (const name of config.extends ?? ['recommended']) {
    for (const [id, setting] of presetRules(name)) rules.set(id, setting)
  }
  apply(config.rules)
  let ros = config.ros
  let kind = config.kind ?? 'auto'
  for (const override of config.overrides ?? []) {
    if (!override.files.some((glob) => matchesGlob(glob, path))) continue
    apply(override.rules)
    ros = override.ros ?? ros
    kind = override.kind ?? kind
  }
  return { rules, ros, kind }
}

/** True when the configuration leaves a file out. */
export function isIgnored(config: LintConfig, path: string): boolean {
  return (config.ignore ?? []).some((glob) => matchesGlob(glob, path))
}

const settings: readonly unknown[] = ['off', 'warn', 'error']
const kinds: readonly unknown[] = ['auto', 'export', 'fragment']
const known = new Set(['$schema', 'extends', 'rules', 'ros', 'kind', 'overrides', 'ignore'])
const knownInOverride = new Set(['files', 'rules', 'ros', 'kind'])

/** Checks what a configuration file holds. `errors` are sentences; with any, `config` is not to be used. */
export function readLintConfig(value: unknown): {
  readonly config: LintConfig
  readonly errors: readonly string[]
} {
  const errors: string[] = []
  if (!isRecord(value)) return { config: {}, errors: ['The configuration is no JSON object.'] }
  for (const key of Object.keys(value)) if (!known.has(key)) errors.push(`Unknown key "${key}".`)
  checkShared(value, '', errors)
  if (value.extends !== undefined) {
    if (!isTexts(value.extends)) errors.push('"extends" is no list of preset names.')
    else for (const name of value.extends) if (!isPreset(name)) errors.push(`There is no preset "${name}".`)
  }
  if (value.ignore !== undefined && !isTexts(value.ignore)) errors.push('"ignore" is no list of globs.')
  if (value.overrides !== undefined) {
    if (!Array.isArray(value.overrides)) errors.push('"overrides" is no list.')
    else
      value.overrides.forEach((each, index) => {
        checkOverride(each, index, errors)
      })
  }
  return { config: value as LintConfig, errors }
}

function checkOverride(value: unknown, index: number, errors: string[]): void {
  const where = `overrides[${index}]: `
  if (!isRecord(value)) {
    errors.push(`${where}no JSON object.`)
    return
  }
  for (const key of Object.keys(value))
    if (!knownInOverride.has(key)) errors.push(`${where}unknown key "${key}".`)
  if (!isTexts(value.files)) errors.push(`${where}"files" is no list of globs.`)
  checkShared(value, where, errors)
}

function checkShared(value: Record<string, unknown>, where: string, errors: string[]): void {
  if (value.rules !== undefined) {
    if (!isRecord(value.rules)) errors.push(`${where}"rules" is no JSON object.`)
    else
      for (const [id, setting] of Object.entries(value.rules)) {
        if (findRule(id) === undefined) errors.push(`${where}there is no rule "${id}".`)
        if (!settings.includes(setting)) errors.push(`${where}rule "${id}" must be "off", "warn" or "error".`)
      }
  }
  if (value.ros !== undefined && !(typeof value.ros === 'string' && /^\d+\.\d+/.test(value.ros))) {
    errors.push(`${where}"ros" must be a release such as "7.16".`)
  }
  if (value.kind !== undefined && !kinds.includes(value.kind)) {
    errors.push(`${where}"kind" must be "auto", "export" or "fragment".`)
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}
