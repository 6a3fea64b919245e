import { buildDocument } from '@tod/rsc-parser'
import { describe, expect, it } from 'vitest'
import { utf8Bytes } from '../../src/digest/sha256.js'
import { readExport } from '../../src/export/read-export.js'
import { compareMeaning } from '../../src/plan/compare-meaning.js'
import { describeChange } from '../../src/plan/describe-change.js'
import { maskSecrets, secretsOf } from '../../src/plan/mask-secrets.js'
import { ownAddressFor, sshPortOf } from '../../src/plan/own-address.js'
import { planReconcile, printMaskedPlan } from '../../src/plan/push-plan.js'

const header = '# 2026-01-05 09:00:00 by RouterOS 7.16.1\n'
const exportOf = (text: string) => readExport(utf8Bytes(`${header}${text}`))
const secret = 'correct "horse" $battery'
const withSecret = exportOf(
  '/ppp secret\nadd name=x password="correct \\"horse\\" \\$battery" service=l2tp\n',
)
const withoutSecret = exportOf('/ppp secret\nadd name=x password=other-password service=l2tp\n')

describe('secrets', () => {
  it('are found in the documents and blanked out of texts, as written and as escaped', () => {
    const secrets = secretsOf([withSecret.document])

    expect(secrets).toContain(secret)
    expect(maskSecrets(`a ${secret} b`, secrets)).toBe('a *** b')
    expect(maskSecrets('password="correct \\"horse\\" \\$battery"', secrets)).toBe('password="***"')
  })

  it('do not appear in a plan or a described change', () => {
    const plan = planReconcile(withoutSecret, withSecret)
    const secrets = plan.secrets
    const shown = [
      printMaskedPlan(plan),
      JSON.stringify(
        compareMeaning(withoutSecret, withSecret).changes.map((change) => describeChange(change, secrets)),
      ),
      JSON.stringify(compareMeaning(withoutSecret, withSecret).residual),
    ].join('\n')

    expect(plan.statementCount).toBe(1)
    expect(shown).toContain('***')
    expect(shown).not.toMatch(/horse|battery|other-password/)
  })
})

describe('the way we come in', () => {
  const document = buildDocument(
    `${header}/ip address\nadd address=192.0.2.1/24 interface=ether1\nadd address=198.51.100.1/24 interface=ether2\n/ip service\nset ssh port=2222\n`,
  )

  it('is the address we dial, else the one in the network of the source, else the first', () => {
    expect(ownAddressFor(document, '198.51.100.1', '192.0.2.9')).toBe('198.51.100.1')
    expect(ownAddressFor(document, 'router.example', '198.51.100.9')).toBe('198.51.100.1')
    expect(ownAddressFor(document, 'router.example', '203.0.113.9')).toBe('192.0.2.1')
    expect(ownAddressFor(document, 'router.example', '2001:db8::9')).toBeUndefined()
  })

  it('ends at the port of the service', () => {
    expect(sshPortOf(document)).toBe(2222)
    expect(sshPortOf(buildDocument(header))).toBe(22)
  })
})
