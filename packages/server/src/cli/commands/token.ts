import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { readConfig } from '../../config.js'
import { createApiKey, hashApiKey } from '../../http/api-key.js'
import { mintToken } from '../../http/token-verifier.js'
import { readOrCreateJwtSecret } from '../../jwt-secret-file.js'
import { toApiKeyBody } from '../../routes/tenants/tenant-body.js'
import { type ProgramStreams, type SharedOptions, withLocal } from '../command-context.js'
import { uuidText, wholeNumber } from '../option-values.js'
import { printList, printObject } from '../output.js'
import { UsageError } from '../usage-error.js'

const roles = ['viewer', 'operator', 'tenant_admin', 'super_admin']

/** The secret of the server in this folder. */
function jwtSecret(data: string | undefined): Uint8Array {
  const config = readConfig({ ...process.env, ...(data === undefined ? {} : { TOD_DATA: data }) })
  if (config.TOD_JWKS_URL !== undefined) {
    throw new UsageError('Tokens come from your identity provider (TOD_JWKS_URL is set).')
  }
  return config.TOD_JWT_SECRET === undefined
    ? readOrCreateJwtSecret(join(config.TOD_DATA, 'jwt.secret'))
    : new TextEncoder().encode(config.TOD_JWT_SECRET)
}

export function addTokenCommands(program: Command, streams: ProgramStreams): void {
  program
    .command('token')
    .description('Mint a token for the HTTP interface')
    .addOption(new Option('--role <role>', 'what it may do').choices(roles).default('operator'))
    .option('--hours <number>', 'how long it is good', wholeNumber(1, 24 * 366), 12)
    .option('--subject <uuid>', 'user id that goes into the audit log', uuidText)
    .addHelpText('after', '\nExample:\n  TOKEN=$(tod token --role operator --tenant acme)')
    .action((options: { role: string; hours: number; subject?: string }, command: Command) =>
      withLocal(command, streams, async ({ opened, output, tenant }) => {
        const isGlobal = options.role === 'super_admin' && tenant === undefined
        const tenantId = isGlobal ? undefined : (await opened.scopeOf(tenant)).tenantId
        const subject = options.subject ?? randomUUID()
        const claims = { subject, role: options.role, ...(tenantId === undefined ? {} : { tenantId }) }
        const secret = jwtSecret(command.optsWithGlobals<SharedOptions>().data)
        const token = await mintToken(secret, claims, options.hours * 3600)
        if (output.json) printObject(output, { token, subject, tenant_id: tenantId ?? null })
        else output.out(`${token}\n`)
      }),
    )

  const apiKey = program.command('api-key').description('API keys of a tenant')
  apiKey
    .command('add')
    .argument('<name>', 'name for people')
    .addOption(
      new Option('--scope <scope...>', 'what it may do')
        .choices(['config:read', 'config:write'])
        .default(['config:read']),
    )
    .option('--days <number>', 'days until it expires; without it, never', wholeNumber(1, 3650))
    .description('Make an API key; its text is shown this once')
    .addHelpText('after', '\nExample:\n  tod api-key add nightly --scope config:read config:write --days 90')
    .action((name: string, options: { scope: string[]; days?: number }, command: Command) =>
      withLocal(command, streams, async ({ opened, output, tenant }) => {
        const { days } = options
        const scope = await opened.scopeOf(tenant)
        const token = createApiKey()
        const key = await opened.local.database.apiKeys.add(scope, {
          name,
          keyHash: hashApiKey(token),
          scopes: options.scope,
          expiresAt: days === undefined ? null : opened.local.clock.now() + days * 86_400_000,
        })
        if (output.json) printObject(output, { key_id: key.id, token, scopes: key.scopes })
        else output.out(`${token}\n`)
      }),
    )
  apiKey
    .command('list')
    .description('List the API keys of a tenant')
    .action((_options: object, command: Command) =>
      withLocal(command, streams, async ({ opened, output, tenant }) => {
        const keys = await opened.local.database.apiKeys.list(await opened.scopeOf(tenant))
        printList(output, keys.map(toApiKeyBody), {
          ID: (key) => key.key_id,
          NAME: (key) => key.name,
          SCOPES: (key) => key.scopes.join(','),
          EXPIRES: (key) => key.expires_at ?? 'never',
          REVOKED: (key) => key.revoked_at ?? '',
        })
      }),
    )
  apiKey
    .command('revoke')
    .argument('<id>', 'id of the key')
    .description('Refuse a key from now on')
    .action((id: string, _options: object, command: Command) =>
      withLocal(command, streams, async ({ opened, output, tenant }) => {
        const isRevoked = await opened.local.database.apiKeys.revoke(await opened.scopeOf(tenant), id)
        if (!isRevoked) throw new UsageError(`There is no key '${id}' that could be revoked.`)
        printObject(output, { revoked: id })
      }),
    )
}
