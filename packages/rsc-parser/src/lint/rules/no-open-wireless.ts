import { propertyOf } from '../../impact/device-view.js'
import type { LintSource } from '../lint-source.js'
import type { Report, Rule } from '../rule.js'

/** A wireless network without encryption. */
export const noOpenWireless: Rule = {
  id: 'no-open-wireless',
  category: 'exposure',
  summary: 'A wireless network without encryption.',
  recommended: 'warn',
  security: 'warn',

  *check(source) {
    for (const menu of [
      '/interface wireless security-profiles',
      '/caps-man security',
      '/interface wifi security',
    ]) {
      for (const item of source.items(menu)) {
        const isOpen = menu.endsWith('security-profiles')
          ? propertyOf(item, 'mode', 'none') === 'none' && item.state.origin === 'added'
          : item.values.get('authentication-types') === ''
        if (isOpen)
          yield {
            range: source.rangeOf(item),
            message: 'Networks with this profile are open: everyone reads along and joins.',
          }
      }
    }
    yield* onDefaultProfile(source)
  },
}

/** The built-in profile is open until someone changes it, which matters only where it is used. */
function* onDefaultProfile(source: LintSource): Iterable<Report> {
  const profile = source
    .items('/interface wireless security-profiles')
    .find((item) => item.state.origin !== 'added')
  if (profile === undefined || propertyOf(profile, 'mode', 'none') !== 'none') return
  for (const item of source.enabled('/interface wireless')) {
    const isAccessPoint = /^(ap-|bridge$|wds-slave$)/.test(propertyOf(item, 'mode'))
    if (!isAccessPoint || propertyOf(item, 'security-profile', 'default') !== 'default') continue
    yield {
      range: source.propertyRange(item, item.values.has('security-profile') ? 'security-profile' : 'mode'),
      message: `${item.name ?? 'This interface'} uses security profile "default", which has no encryption: everyone reads along and joins.`,
      related: [{ range: source.rangeOf(profile), message: 'The profile.' }],
    }
  }
}
