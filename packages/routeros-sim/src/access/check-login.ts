import type { Credential, LoginVerdict } from '../engine.js'
import { isInPrefix } from '../network/address.js'
import type { RouterCore } from '../router-core.js'
import { userPolicies } from '../state/user-policies.js'

function refused(because: string): LoginVerdict {
  return { ok: false, because, allowed: ['publickey', 'password'] }
}

/** Whether a login over SSH is let in: account, source address, policy, and the key-before-password rule (facts 2.4). */
export function checkLogin(
  router: RouterCore,
  name: string,
  credential: Credential,
  sourceAddress: string | undefined,
): LoginVerdict {
  const { config } = router
  const users = config.menu('/user')
  const account = users?.items.find((item) => item.values.get('name') === name)
  if (users === undefined || account === undefined) return refused('no such user')
  if (users.read(account, 'disabled') === 'yes') return refused('user disabled')
  const allowed = users.read(account, 'address') ?? ''
  if (allowed !== '' && sourceAddress !== undefined) {
    if (!allowed.split(',').some((prefix) => isInPrefix(sourceAddress, prefix)))
      return refused('address not allowed')
  }
  if (!userPolicies(config, name).has('ssh')) return refused('policy ssh missing')
  const keys = (config.menu('/user ssh-keys')?.items ?? []).filter((item) => item.values.get('user') === name)
  if (credential.kind === 'public-key') {
    const blob = Buffer.from(credential.blob).toString('base64')
    const known = keys.some((item) => String(item.values.get('key')).split(' ')[1] === blob)
    return known ? { ok: true } : refused('unknown key')
  }
  const password = users.read(account, 'password') ?? ''
  if (credential.kind === 'none') {
    return password === '' && keys.length === 0
      ? { ok: true, mustChangePassword: mustChange(router) }
      : refused('password needed')
  }
  const ssh = config.menu('/ip ssh')?.items[0]
  const always =
    ssh?.values.get('always-allow-password-login') === 'yes' ||
    ssh?.values.get('password-authentication') === 'yes'
  if (ssh?.values.get('password-authentication') === 'no') return refused('password login is off')
  if (keys.length > 0 && !always) return refused('password login refused: the user has a key')
  if (credential.password !== password) return refused('wrong password')
  return password === '' ? { ok: true, mustChangePassword: mustChange(router) } : { ok: true }
}

/** v7 asks for a new password at the first login of an account without one. */
function mustChange(router: RouterCore): boolean {
  return router.major >= 7
}
