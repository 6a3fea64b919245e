import type { MenuFacts } from '../facts/menu-facts.js'

const scriptProperties = new Set([
  'source',
  'on-event',
  'on-up',
  'on-down',
  'on-login',
  'on-logout',
  'on-master',
  'on-backup',
  'on-fail',
  'on-error',
  'on-alert',
  'on-message',
  'on-connect',
  'on-disconnect',
  'on-test',
  'lease-script',
  'alert-script',
  'up-script',
  'down-script',
  'test-script',
  'script',
  'binding-script',
  'on-smsreceived',
])

/** Whether a property of a menu holds RouterOS code, or may hold it in place of the name of a script. */
export function isScriptProperty(property: string, facts: MenuFacts | undefined): boolean {
  if (scriptProperties.has(property)) return true
  return facts !== undefined && Object.hasOwn(facts.refs, property) && facts.refs[property] === 'script'
}
