import { ALWAYS, type Condition, NEVER } from './condition-space.js'
import { isEnabled, listOf, propertyOf, type ViewItem } from './device-view.js'
import { type IpRange, parseIpRange } from './ip-range.js'
import type { ManagementPath } from './management-path.js'
import type { RuleContext } from './rule-match.js'
import type { TraceLog } from './trace-log.js'

const policyOfService: Readonly<Record<string, string>> = {
  ssh: 'ssh',
  telnet: 'telnet',
  ftp: 'ftp',
  www: 'web',
  'www-ssl': 'web',
  winbox: 'winbox',
  api: 'api',
  'api-ssl': 'api',
}
/** Groups that every device has; all three may log in over every service but FTP. */
const builtinGroups = ['read', 'write', 'full']

/** When the account of the path may log in. Accounts are looked at where a document states them. */
export function userMayLogIn(
  path: ManagementPath,
  service: string | undefined,
  sourceIn: (range: IpRange) => Condition,
  reach: Condition,
  context: RuleContext,
  log: TraceLog,
): Condition {
  if (path.user === undefined && path.userGroup === undefined) return reach
  const { space, view } = context
  const accounts = view.items('/user')
  const account = accounts.find((each) => each.name === path.user)
  const refuse = (text: string, item?: ViewItem): Condition => {
    log.add(reach, 'user', 'refuses', text, item)
    return NEVER
  }
  if (path.user !== undefined && accounts.length > 0 && account === undefined) {
    return refuse(`the document states accounts, but not ${path.user}`)
  }
  if (account !== undefined && !isEnabled(account)) return refuse(`account ${path.user} is disabled`, account)
  const sources = listOf(propertyOf(account, 'address'))
  const inSources = sources.map((text) => {
    const range = parseIpRange(text)
    return range === undefined ? NEVER : sourceIn(range)
  })
  const fromAllowed = sources.length === 0 ? ALWAYS : space.any(inSources)
  log.add(
    space.without(reach, fromAllowed),
    'user',
    'refuses',
    `account ${path.user} may not come from here`,
    account,
  )
  const group = path.userGroup ?? (account === undefined ? undefined : propertyOf(account, 'group'))
  const policy = policyOfService[service ?? 'ssh'] ?? 'ssh'
  const mayUse = groupAllows(group, policy, context)
  const rest = space.and(reach, fromAllowed)
  const item = view.items('/user group').find((each) => each.name === group)
  log.add(
    space.without(rest, mayUse),
    'user',
    'refuses',
    `group ${group ?? 'of the account'} lacks policy ${policy}`,
    item,
  )
  return space.and(rest, mayUse)
}

function groupAllows(group: string | undefined, policy: string, context: RuleContext): Condition {
  const groups = context.view.items('/user group')
  const lacking = groups.filter(
    (each) => each.values.has('policy') && !grants(propertyOf(each, 'policy'), policy),
  )
  if (group !== undefined) {
    const stated = groups.find((each) => each.name === group)
    if (stated === undefined && !builtinGroups.includes(group)) return NEVER
    return lacking.some((each) => each.name === group) ? NEVER : ALWAYS
  }
  if (lacking.length === 0) return ALWAYS
  const names = lacking.map((each) => each.name ?? '').sort()
  return context.space.variable(`the account is in none of the groups ${names.join(', ')}`)
}

function grants(policies: string, wanted: string): boolean {
  return listOf(policies).includes(wanted)
}
