import type { RouterConfig } from './router-config.js'

/** Splits `read,write,!ftp` into what is granted. */
export function grantedPolicies(policy: string): Set<string> {
  return new Set(policy.split(',').filter((word) => word !== '' && !word.startsWith('!')))
}

/** Rights of what the router runs by itself, without an account: the script after a reset. */
export const ownPolicies: ReadonlySet<string> = grantedPolicies(
  'ftp,reboot,read,write,policy,test,password,sniff,sensitive,romon',
)

/**
 * What `set policy=` of a group comes to where it is cumulative: what is named changes, the rest stays. Taking a right
 * away needs its `!` form.
 */
export function mergedPolicies(before: string, given: string): string {
  const rights = new Map<string, boolean>()
  for (const word of `${before},${given}`.split(',')) {
    if (word !== '') rights.set(word.replace(/^!/, ''), !word.startsWith('!'))
  }
  const words = [...rights]
  const granted = words.filter(([, isGranted]) => isGranted).map(([name]) => name)
  return [...granted, ...words.filter(([, isGranted]) => !isGranted).map(([name]) => `!${name}`)].join(',')
}

/** Rights of an account by its group; none for an unknown one. */
export function userPolicies(config: RouterConfig, user: string): ReadonlySet<string> {
  const users = config.menu('/user')
  const account = users?.items.find((item) => item.values.get('name') === user)
  if (users === undefined || account === undefined) return new Set()
  const groups = config.menu('/user group')
  const groupName = users.read(account, 'group') ?? 'full'
  const group = groups?.items.find((item) => groups.read(item, 'name') === groupName)
  if (groups === undefined || group === undefined) return new Set()
  return grantedPolicies(groups.read(group, 'policy') ?? '')
}
