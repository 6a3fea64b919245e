import { z } from 'zod'
import { uuid } from './identifiers.js'

const host = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .regex(/^[A-Za-z0-9._:-]+$/, 'must be a host name or an address')
const port = z.int().min(1).max(65535)
const keyText = z.string().min(1).max(16_384)

/** Credentials go in and never come out. An empty password is one: new routers have it. */
const credentials = z
  .strictObject({
    username: z.string().min(1).max(64),
    password: z.string().max(1024).optional(),
    private_key: keyText.optional(),
    passphrase: z.string().max(1024).optional(),
  })
  .refine(({ password, private_key: key }) => password !== undefined || key !== undefined, {
    path: ['password'],
    message: 'a password or a private_key is needed',
  })

export const newDeviceBody = z.strictObject({
  device_id: uuid.optional(),
  name: z.string().trim().min(1).max(200),
  host,
  port: port.default(22),
  /** For RouterOS 6.4x that offers SHA-1 algorithms only. */
  legacy_algorithms: z.boolean().default(false),
  credentials: credentials.optional(),
})

export const deviceChangesBody = z.strictObject({
  name: z.string().trim().min(1).max(200).optional(),
  host: host.optional(),
  port: port.optional(),
  legacy_algorithms: z.boolean().optional(),
  credentials: credentials.optional(),
})

export const deviceAnswer = z.object({
  device_id: z.uuid(),
  tenant_id: z.uuid(),
  name: z.string(),
  host: z.string(),
  port: z.int(),
  legacy_algorithms: z.boolean(),
  has_credentials: z.boolean(),
  host_key: z.object({ algorithm: z.string(), fingerprint: z.string() }).nullable(),
})

/** Pages of devices, in the order of their ids. */
export const devicePageQuery = z.object({
  after: uuid.optional(),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
})

/** The fingerprint is repeated by who accepts it, so that nobody accepts a key that was not looked at. */
export const acceptHostKeyBody = z.strictObject({
  algorithm: z.string().min(1).max(64),
  fingerprint: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/),
})
