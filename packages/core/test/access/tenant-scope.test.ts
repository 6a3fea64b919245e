import { describe, expect, it } from 'vitest'
import {
  assertTenantScope,
  decideAccess,
  defineTenantGuard,
  type Principal,
  requirePermission,
  singleTenant,
  type TenantScope,
} from '../../src/index.js'

const tenantA = 'a0000000-0000-4000-8000-000000000001'
const tenantB = 'b0000000-0000-4000-8000-000000000002'
const principal = (role: string, changes: Partial<Principal> = {}): Principal => ({
  id: 'someone',
  role,
  tenantId: tenantA,
  ...changes,
})

describe('a tenant scope', () => {
  const guard = defineTenantGuard(decideAccess)

  it('is issued to who may enter, and to nobody else', async () => {
    const scope = await guard.enter(principal('operator'), tenantA, 'write')

    expect(scope).toMatchObject({ tenantId: tenantA, principalId: 'someone', permission: 'write' })
    await expect(guard.enter(principal('operator'), tenantB, 'write')).rejects.toMatchObject({
      code: 'ACCESS_DENIED',
      message: 'Access denied: you do not belong to this tenant.',
    })
  })

  it('cannot be cast, copied or changed', async () => {
    const scope = await guard.enter(principal('operator'), tenantA, 'read')

    expect(() => assertTenantScope({ tenantId: tenantA } as TenantScope)).toThrow(
      expect.objectContaining({ code: 'SCOPE_INVALID' }),
    )
    expect(() => assertTenantScope({ ...scope })).toThrow(expect.objectContaining({ code: 'SCOPE_INVALID' }))
    expect(() => assertTenantScope(Object.create(scope) as TenantScope)).toThrow(
      expect.objectContaining({ code: 'SCOPE_INVALID' }),
    )
    expect(() => Object.assign(scope, { tenantId: tenantB })).toThrow(TypeError)
  })

  it('cannot be used for more than it was entered for', async () => {
    const scope = await guard.enter(principal('viewer'), tenantA, 'read')

    expect(() => requirePermission(scope, 'read')).not.toThrow()
    expect(() => requirePermission(scope, 'write')).toThrow(
      expect.objectContaining({ code: 'ACCESS_DENIED' }),
    )
  })

  it('is not issued by a system scope that no guard has opened', () => {
    expect(() => guard.enterAsSystem({ purpose: 'recovery' } as never, tenantA)).toThrow(
      expect.objectContaining({ code: 'SCOPE_INVALID' }),
    )
  })
})

describe('a single tenant', () => {
  it('has one scope and no other tenant', async () => {
    const { guard, scope, tenantId } = singleTenant()

    expect(() => assertTenantScope(scope)).not.toThrow()
    expect(await guard.enter(principal('anything'), tenantId, 'administer')).toMatchObject({ tenantId })
    await expect(guard.enter(principal('super_admin'), tenantB, 'read')).rejects.toMatchObject({
      code: 'ACCESS_DENIED',
    })
    expect(() => guard.enterAsSystem(guard.openSystemScope('recovery'), tenantB)).toThrow(
      expect.objectContaining({ code: 'ACCESS_DENIED' }),
    )
  })
})

describe('decideAccess', () => {
  const may = (
    role: string,
    permission: 'read' | 'preview' | 'write' | 'administer',
    changes?: Partial<Principal>,
  ) => decideAccess(principal(role, changes), tenantA, permission).allowed

  it.each([
    ['viewer', [true, false, false, false]],
    ['operator', [true, true, true, false]],
    ['tenant_admin', [true, true, true, true]],
    ['super_admin', [true, true, true, true]],
    ['unknown', [false, false, false, false]],
  ] as const)('gives a %s what its role may do', (role, expected) => {
    expect((['read', 'preview', 'write', 'administer'] as const).map((each) => may(role, each))).toEqual(
      expected,
    )
  })

  it('limits API keys by their scopes', () => {
    expect(may('api_key', 'read', { scopes: ['config:read'] })).toBe(true)
    expect(may('api_key', 'write', { scopes: ['config:read'] })).toBe(false)
    expect(may('api_key', 'read', {})).toBe(false)
  })

  it('lets a super_admin into any tenant', () => {
    expect(may('super_admin', 'write', { tenantId: null })).toBe(true)
    expect(may('operator', 'write', { tenantId: tenantB })).toBe(false)
  })
})
