import type { RscDocument } from '../document/rsc-document.js'
import { applyStatement, startPlan } from '../plan/plan-state.js'
import type { PlanStatement } from '../plan/restore-plan.js'
import type { Admission } from './admission.js'
import { type Condition, NEVER } from './condition-space.js'
import { type DeviceView, viewDocument } from './device-view.js'
import { interfaceRenames } from './interface-renames.js'
import type { ManagementPacket, ManagementPath, TraceStep } from './management-path.js'
import { PathQuestion } from './path-question.js'
import { type PathUse, sameWhereItMatters, unmodelledChanges } from './unmodelled-changes.js'

/** What a change does to the way in. */
export type LockoutVerdict = 'safe' | 'lockout' | 'at-risk'

/** The verdict after one statement of a plan. */
export interface StatementLockout {
  /** `index` of the statement. */
  readonly statement: number
  readonly verdict: LockoutVerdict
  /** Why, in one sentence, unless it is `safe`. */
  readonly because?: string
}

/** Whether a change cuts the management path, and what decided. */
export interface LockoutReport {
  readonly verdict: LockoutVerdict
  /** One sentence. */
  readonly because: string
  /** The way of a packet that gets in now and not afterwards; for `safe` that of one that gets in. */
  readonly trace: readonly TraceStep[]
  readonly counterexample?: ManagementPacket
  /** What would have to be known to be sure; empty unless `at-risk`. */
  readonly unknowns: readonly string[]
  /** After each statement, when statements were given. */
  readonly afterStatement?: readonly StatementLockout[]
}

/** Options of `compareManagementPath`. */
export interface CompareOptions {
  /** Statements of the plan from `current` to `target`: the verdict is given after each of them as well. */
  readonly statements?: readonly PlanStatement[]
}

/**
 * Decides whether going from one document to another cuts the management path. That the manager is in now counts as
 * evidence: what the export cannot tell and the change does not touch stays as it is.
 *
 * @throws TypeError when source or destination of the path are no addresses of one family.
 */
export function compareManagementPath(
  current: RscDocument,
  target: RscDocument,
  path: ManagementPath,
  options: CompareOptions = {},
): LockoutReport {
  const view = viewDocument(current)
  const report = new Comparison(view, path).judge(viewDocument(target))
  if (options.statements === undefined) return report
  return { ...report, afterStatement: afterEachStatement(current, view, path, options.statements) }
}

/** Statements after which the variables start afresh, so that many steps do not add up to one large space. */
const statementsPerSpace = 40

function afterEachStatement(
  current: RscDocument,
  view: DeviceView,
  path: ManagementPath,
  statements: readonly PlanStatement[],
): readonly StatementLockout[] {
  const results: StatementLockout[] = []
  let state = startPlan(current)
  let comparison = new Comparison(view, path)
  let judged = 0
  let last: Pick<StatementLockout, 'verdict' | 'because'> = { verdict: 'safe' }
  for (const statement of statements) {
    state = applyStatement(state, statement)
    if (mayMatter(statement)) {
      if (++judged % statementsPerSpace === 0) comparison = new Comparison(view, path)
      const { verdict, because } = comparison.judge(viewDocument(state.document))
      last = verdict === 'safe' ? { verdict } : { verdict, because }
    }
    results.push({ statement: statement.index, ...last })
  }
  return results
}

/** Menus that the analysis reads or watches; a statement elsewhere changes no verdict. */
const readMenus =
  /^\/(interface|caps-man|ppp|routing|user|radius|zerotier|mpls|snmp)( |$)|^\/(ip|ipv6) (address|route|firewall|service|settings|vrf|arp|dhcp-client|dhcp-server|hotspot|ipsec|ssh|dns static|proxy|socks|pool)( |$)|^\/system (script|scheduler)$|^\/tool netwatch$/

function mayMatter({ menu, effect }: PlanStatement): boolean {
  if (!readMenus.test(menu)) return false
  if (effect.kind !== 'set') return true
  return [...effect.properties.map(({ name }) => name), ...effect.reset].some((name) => name !== 'comment')
}

class Comparison {
  readonly #current: DeviceView
  readonly #question: PathQuestion
  readonly #before: Admission | undefined
  readonly #admittedNow: Condition
  readonly #use: PathUse

  constructor(current: DeviceView, path: ManagementPath) {
    this.#current = current
    this.#question = new PathQuestion(current, path, false)
    this.#use = this.#question.useOf(current)
    this.#before = this.#question.ask(current)
    const { conditions, valid } = this.#question.packets
    this.#admittedNow = conditions.and(valid, this.#before?.admitted ?? NEVER)
  }

  judge(target: DeviceView): LockoutReport {
    const { conditions, valid } = this.#question.packets
    const services = [...(this.#before?.services ?? [])]
    const renames = interfaceRenames(this.#current, target)
    const after = this.#question.ask(target, services.length === 1 ? services[0] : undefined, renames)
    if (sameWhereItMatters(this.#current, target, (menu) => readMenus.test(menu))) {
      const path =
        conditions.solve(this.#admittedNow === NEVER ? valid : this.#admittedNow) ??
        new Map<number, boolean>()
      const trace = after?.log.traceOf(path, this.#question.packets) ?? []
      return { verdict: 'safe', because: 'nothing that the path depends on changes', trace, unknowns: [] }
    }
    if (this.#before === undefined || after === undefined) {
      return atRisk(
        'the rules have too many cases to follow',
        [],
        ['the rules have too many cases to follow'],
      )
    }
    const touched = unmodelledChanges(this.#current, target, this.#use)
    const harmless = conditions.all(touched.map((text) => conditions.variable(`harmless: ${text}`)))
    const admitted = conditions.and(after.admitted, harmless)
    for (const text of touched) {
      after.log.add(
        conditions.not(conditions.variable(`harmless: ${text}`)),
        'not modelled',
        'refuses',
        `not modelled: ${text}`,
      )
    }
    const now = this.#admittedNow
    if (now === NEVER) return this.#withoutEvidence(after, admitted)
    const broken = conditions.without(now, admitted)
    if (broken === NEVER) {
      const trace = after.log.traceOf(conditions.solve(now) ?? new Map(), this.#question.packets)
      return {
        verdict: 'safe',
        because: 'every connection that gets in now gets in afterwards',
        trace,
        unknowns: [],
      }
    }
    const example = conditions.solve(broken) ?? new Map<number, boolean>()
    const trace = after.log.traceOf(example, this.#question.packets)
    const counterexample = this.#question.packetOf(example)
    if (conditions.and(conditions.and(now, admitted), valid) === NEVER) {
      return { verdict: 'lockout', because: reasonOf(trace), trace, counterexample, unknowns: [] }
    }
    const unknowns = this.#question.unknownsOf(broken)
    return { ...atRisk(reasonOf(trace), trace, unknowns), counterexample }
  }

  /** The current document, as it is read, does not admit the path: nothing speaks for the path but the target. */
  #withoutEvidence(after: Admission, admitted: Condition): LockoutReport {
    const { conditions, valid } = this.#question.packets
    const refused = conditions.without(valid, admitted)
    if (refused === NEVER) {
      const trace = after.log.traceOf(conditions.solve(valid) ?? new Map(), this.#question.packets)
      return { verdict: 'safe', because: 'the target admits the path', trace, unknowns: [] }
    }
    const example = conditions.solve(refused) ?? new Map<number, boolean>()
    const trace = after.log.traceOf(example, this.#question.packets)
    const because = `the path does not work in the current document either: ${reasonOf(trace)}`
    return {
      ...atRisk(because, trace, this.#question.unknownsOf(refused)),
      counterexample: this.#question.packetOf(example),
    }
  }
}

function atRisk(because: string, trace: readonly TraceStep[], unknowns: readonly string[]): LockoutReport {
  return { verdict: 'at-risk', because, trace, unknowns }
}

function reasonOf(trace: readonly TraceStep[]): string {
  const last = trace.at(-1)
  return last?.effect === 'refuses' ? last.text : 'the connection may be refused'
}
