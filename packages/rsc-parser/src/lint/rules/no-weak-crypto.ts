import type { MenuPath } from '../../document/menu-path.js'
import { propertyOf, type ViewItem } from '../../impact/device-view.js'
import { managementServices } from '../../impact/service-check.js'
import { defaultValue } from '../../normalize/default-value.js'
import type { LintSource } from '../lint-source.js'
import type { Rule } from '../rule.js'

/** Broken or outdated cryptography. */
export const noWeakCrypto: Rule = {
  id: 'no-weak-crypto',
  category: 'exposure',
  summary: 'Broken or outdated cryptography.',
  recommended: 'warn',
  security: 'error',

  *check(source) {
    for (const [menu, property, weak, why] of weaknesses) {
      for (const item of source.enabled(menu)) {
        if (inUse[menu]?.(item, source) === false) continue
        // What the device comes with is its maker's choice; what someone adds or switches on is a choice of theirs.
        const fallback = item.state.origin === 'builtin' ? '' : defaultValue(menu, property, source.ros.major)
        const value = propertyOf(item, property, fallback)
        const found = value.split(',').filter((element) => weak.test(element))
        if (found.length === 0) continue
        yield {
          range: source.propertyRange(item, property),
          message: `${property} allows ${found.join(', ')}${item.values.has(property) ? '' : ' (the default)'}: ${why}.`,
        }
      }
    }
  },
}

const isOn = (item: ViewItem): boolean =>
  propertyOf(item, 'enabled', 'no') === 'yes' || propertyOf(item, 'disabled') === 'no'

/** Menus whose items may stand in an export without being in use, and when they are. */
const inUse: Readonly<Record<MenuPath, (item: ViewItem, source: LintSource) => boolean>> = {
  '/interface wireless security-profiles': (item) => propertyOf(item, 'mode', 'none') !== 'none',
  '/interface ovpn-server server': isOn,
  '/interface l2tp-server server': isOn,
  '/interface pptp-server server': isOn,
  '/ip hotspot profile': (item, source) =>
    source
      .enabled('/ip hotspot')
      .some((each) => propertyOf(each, 'profile', 'default') === (item.name ?? 'default')),
  // Without a certificate nothing listens.
  '/ip service': (item, source) =>
    !['', 'none'].includes(propertyOf(item, 'certificate')) &&
    managementServices(source.view).some((each) => each.item === item && each.enabled),
}

const hashes = 'it can be forged or broken'
const ciphers = 'it can be broken with little effort'

/** Menu, property, elements that are weak, and what is wrong with them. */
const weaknesses: readonly (readonly [menu: string, property: string, weak: RegExp, why: string])[] = [
  ['/ip ipsec profile', 'hash-algorithm', /^md5$/, hashes],
  ['/ip ipsec profile', 'enc-algorithm', /^(des|3des)$/, ciphers],
  ['/ip ipsec profile', 'dh-group', /^modp(768|1024)$/, 'the group is too small'],
  ['/ip ipsec peer', 'hash-algorithm', /^md5$/, hashes],
  ['/ip ipsec peer', 'enc-algorithm', /^(des|3des)$/, ciphers],
  ['/ip ipsec proposal', 'auth-algorithms', /^(md5|null)$/, hashes],
  ['/ip ipsec proposal', 'enc-algorithms', /^(des|3des|null)$/, ciphers],
  ['/ip ipsec proposal', 'pfs-group', /^modp(768|1024)$/, 'the group is too small'],
  ['/interface wireless security-profiles', 'mode', /^static-keys/, 'WEP is read within minutes'],
  ['/interface wireless security-profiles', 'unicast-ciphers', /^tkip$/, 'TKIP is broken'],
  ['/interface wireless security-profiles', 'group-ciphers', /^tkip$/, 'TKIP is broken'],
  ['/interface wireless security-profiles', 'authentication-types', /^wpa-psk$|^wpa-eap$/, 'WPA 1 is broken'],
  ['/caps-man security', 'encryption', /^tkip$/, 'TKIP is broken'],
  ['/interface wifi security', 'authentication-types', /^wpa-psk$|^wpa-eap$/, 'WPA 1 is broken'],
  ['/interface ovpn-server server', 'cipher', /^(blowfish128|null)$/, ciphers],
  ['/interface ovpn-server server', 'auth', /^(md5|null)$/, hashes],
  [
    '/interface l2tp-server server',
    'authentication',
    /^(pap|chap|mschap1)$/,
    'the password can be recovered',
  ],
  [
    '/interface pptp-server server',
    'authentication',
    /^(pap|chap|mschap1)$/,
    'the password can be recovered',
  ],
  ['/interface pppoe-server server', 'authentication', /^pap$/, 'the password travels in clear text'],
  ['/ip hotspot profile', 'login-by', /^http-pap$/, 'the password travels in clear text'],
  ['/ip service', 'tls-version', /^any$/, 'old TLS versions are broken'],
]
