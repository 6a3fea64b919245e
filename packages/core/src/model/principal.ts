/** Who may do how much. An unknown role has no rights. */
export type Role = 'viewer' | 'operator' | 'api_key' | 'tenant_admin' | 'super_admin'

/** Who is asking. `role` is a plain string because it comes from a token: unknown ones are denied, not rejected. */
export interface Principal {
  /** User id, API key id, or a name of the host's own. Goes into the audit log. */
  readonly id: string
  readonly role: string
  /** The tenant it belongs to; null for a principal of the whole installation. */
  readonly tenantId: string | null
  /** Scopes of an API key. Other principals are not limited by scopes. */
  readonly scopes?: readonly string[]
}
