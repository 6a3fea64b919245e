import { deviceState, planRestore, type RestorePlan } from '@tod/rsc-parser'
import { utf8Bytes } from '../digest/sha256.js'
import type { PlanLine } from '../routeros/launch-script.js'
import { type ComparableExport, secretsOption } from './compare-meaning.js'
import { maskSecrets, secretsOf } from './mask-secrets.js'

/** Something of the target that the plan does not do. */
export interface UnsupportedPart {
  readonly code: string
  readonly menu: string
  readonly label: string
  readonly property?: string
  readonly reason: string
}

/** What will be run on the device, however it was made. */
export interface PushPlan {
  readonly strategy: 'reconcile' | 'import'
  /** What the plan file runs, in order; empty when there is nothing to do. */
  readonly lines: readonly PlanLine[]
  /** Lines at the beginning that look things up and stop when the device is not as expected. */
  readonly checkCount: number
  readonly statementCount: number
  readonly unsupported: readonly UnsupportedPart[]
  /** Known secrets of both sides, for masking what is shown. */
  readonly secrets: readonly string[]
}

const clockHazard = 'clock'

/**
 * Plans how to take the device from its present export to the target by single commands. Menus that one of the exports
 * could not show are not touched.
 */
export function planReconcile(current: ComparableExport, target: ComparableExport): PushPlan {
  const plan: RestorePlan = planRestore(current.document, target.document, {
    secrets: secretsOption(current, target),
  })
  const secrets = secretsOf([current.document, target.document])
  const statements = plan.statements.map((statement) => ({
    text: statement.text,
    movesClock: statement.hazard === clockHazard,
  }))
  const checks = statements.length === 0 ? [] : plan.guard.map((text) => ({ text, movesClock: false }))
  return {
    strategy: 'reconcile',
    lines: [...checks, ...statements],
    checkCount: checks.length,
    statementCount: statements.length,
    unsupported: plan.unsupported.map((part) => ({
      code: part.code,
      menu: part.menu,
      label: maskSecrets(part.label, secrets),
      ...(part.property === undefined ? {} : { property: part.property }),
      reason: part.reason,
    })),
    secrets,
  }
}

/**
 * The target's export as it is, for an emptied device. The whole text is one line of the plan: the device's own message
 * tells the place of an error.
 */
export function planImport(
  current: ComparableExport,
  target: ComparableExport & { readonly text: string },
): PushPlan {
  const statementCount = target.document.items.length
  const text = target.text.replace(/\r\n?/g, '\n').replace(/\n+$/, '')
  return {
    strategy: 'import',
    lines: statementCount === 0 ? [] : [{ text, movesClock: movesClock(target) }],
    checkCount: 0,
    statementCount,
    unsupported: [],
    secrets: secretsOf([current.document, target.document]),
  }
}

/**
 * Items that an import of the target would add although the device has one of that name or key: the import would stop
 * there. Empty for an emptied device.
 */
export function findImportClashes(current: ComparableExport, target: ComparableExport): readonly string[] {
  const present = deviceState(current.document)
  const clashes: string[] = []
  for (const [path, menu] of deviceState(target.document).menus) {
    const there = present.menus.get(path)
    if (there === undefined) continue
    for (const item of menu.items) {
      if (item.origin !== 'added') continue
      const twin = there.items.some(
        (other) =>
          other.item.identity.kind === item.item.identity.kind &&
          other.item.identity.text === item.item.identity.text,
      )
      if (twin) clashes.push(path)
    }
  }
  return [...new Set(clashes)]
}

/**
 * What a plan's hash is made of: how, onto what, and every command. Two devices, two targets or one changed byte of the
 * present configuration give another text. Holds secrets; only its keyed digest leaves the process.
 */
export function canonicalPlan(plan: PushPlan, current: ComparableExport, targetSha: string): Uint8Array {
  const lines = plan.lines.map((line) => line.text)
  return utf8Bytes(JSON.stringify([1, plan.strategy, targetSha, current.significant, lines]))
}

/** The plan for people: commands with secrets masked. */
export function printMaskedPlan(plan: PushPlan): string {
  return plan.lines
    .slice(plan.checkCount)
    .map((line) => `${maskSecrets(line.text, plan.secrets)}\n`)
    .join('')
}

const clockMenus = new Set([
  '/system clock',
  '/system clock manual',
  '/system ntp client',
  '/system ntp client servers',
])

function movesClock(target: ComparableExport): boolean {
  return target.document.menus.some((menu) => clockMenus.has(menu.path) && menu.items.length > 0)
}
