import { z } from 'zod'

const flag = z.stringbool()
const portText = 'must be a number from 0 to 65535'
const port = z.coerce.number(portText).int(portText).min(0, portText).max(65535, portText)

/** Environment of the server; everything has a default that works on one machine. */
const environment = z.object({
  /** Port to listen on; the next free one is taken when it is in use, unless `TOD_PORT_STRICT`. */
  PORT: port.default(8080),
  TOD_HOST: z.string().default('127.0.0.1'),
  TOD_PORT_STRICT: flag.default(false),
  /** Folder of the database, the repositories and the generated keys. */
  TOD_DATA: z.string().default('.tod'),
  /** `postgres://…`; absent: SQLite in the data folder. */
  TOD_DATABASE_URL: z.string().optional(),
  /** 32 bytes in hex or base64; absent: a key file in the data folder, generated at first start. */
  TOD_MASTER_KEY: z.string().optional(),
  TOD_MASTER_KEY_FILE: z.string().optional(),
  /** `local` seals content with the master key, `transit` with a Transit engine, `plaintext` stores it as it is. */
  TOD_ENCRYPTION: z.enum(['local', 'transit', 'plaintext']).default('local'),
  /** Content that was stored before it was sealed is read too; implied by `plaintext`. */
  TOD_READ_PLAINTEXT: flag.default(false),
  /** OpenBao or Vault, for `transit`, and to read what was sealed there before. */
  TOD_TRANSIT_ADDRESS: z.url().optional(),
  TOD_TRANSIT_TOKEN: z.string().optional(),
  TOD_TRANSIT_MOUNT: z.string().default('transit'),
  /** Secret of HS256 tokens, at least 32 characters; absent: generated in the data folder. */
  TOD_JWT_SECRET: z.string().min(32).optional(),
  /** Public keys of an identity provider, in place of the secret. */
  TOD_JWKS_URL: z.url().optional(),
  /** What the claims `aud` and `iss` of a token must be; absent: anything. */
  TOD_JWT_AUDIENCE: z.string().min(1).optional(),
  TOD_JWT_ISSUER: z.string().min(1).optional(),
  TOD_SETTLE_WINDOW_MS: z.coerce.number().int().min(0).max(600_000).default(60_000),
  TOD_ON_LOCKOUT: z.enum(['proceed', 'refuse']).default('proceed'),
  /** How much faster than real time the server's clock runs; for demonstrations and tests only. */
  TOD_CLOCK_SCALE: z.coerce.number().min(1).max(1000).default(1),
  /** Starts the dispatcher of scheduled backups and the recovery of push operations. */
  TOD_BACKGROUND: flag.default(true),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})

/** Settings of a running server. */
export type ServerConfig = z.output<typeof environment>

/**
 * Reads the settings from environment variables.
 *
 * @throws TypeError that names each variable which is wrong; values are not repeated, they may be secrets.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ServerConfig {
  const result = environment
    .refine(
      ({ TOD_ENCRYPTION, TOD_TRANSIT_ADDRESS, TOD_TRANSIT_TOKEN }) =>
        TOD_ENCRYPTION !== 'transit' ||
        (TOD_TRANSIT_ADDRESS !== undefined && TOD_TRANSIT_TOKEN !== undefined),
      { path: ['TOD_ENCRYPTION'], message: 'transit needs TOD_TRANSIT_ADDRESS and TOD_TRANSIT_TOKEN' },
    )
    .safeParse(env)
  if (result.success) return result.data
  const lines = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new TypeError(`The configuration is not valid.\n${lines.join('\n')}`)
}
