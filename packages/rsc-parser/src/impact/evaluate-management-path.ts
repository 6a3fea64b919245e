import type { RscDocument } from '../document/rsc-document.js'
import { NEVER } from './condition-space.js'
import { viewDocument } from './device-view.js'
import type { ManagementPath, PathVerdict } from './management-path.js'
import { PathQuestion } from './path-question.js'
import { readPath } from './read-path.js'

/**
 * Decides for one document whether a new connection over a management path would get in.
 * What lies outside the device (gateways, links) is taken to work and listed in `assumptions`.
 *
 * @throws TypeError when source or destination of the path are no addresses of one family.
 * @example evaluateManagementPath(document, { source: '192.0.2.10', destination: '192.0.2.1', port: 22 }).verdict
 */
export function evaluateManagementPath(document: RscDocument, path: ManagementPath): PathVerdict {
  const view = viewDocument(document)
  const question = new PathQuestion(view, readPath(path), true)
  const admission = question.ask(view)
  const assumptions = [...question.world.assumptions()]
  if (admission === undefined) {
    return {
      verdict: 'cannot tell',
      trace: [],
      unknowns: ['the rules have too many cases to follow'],
      assumptions,
    }
  }
  const { conditions, valid } = question.packets
  const admitted = conditions.and(valid, admission.admitted)
  const refused = conditions.without(valid, admission.admitted)
  if (refused === NEVER) {
    const trace = admission.log.traceOf(conditions.solve(admitted) ?? new Map(), question.packets)
    return { verdict: 'kept', trace, unknowns: [], assumptions }
  }
  const counterexample = admission.log.deepest(refused, question.packets)
  const isLost = admitted === NEVER
  return {
    verdict: isLost ? 'lost' : 'cannot tell',
    trace: admission.log.traceOf(counterexample, question.packets),
    counterexample: question.packetOf(counterexample),
    unknowns: isLost ? [] : question.unknownsOf(admission.admitted),
    assumptions,
  }
}
