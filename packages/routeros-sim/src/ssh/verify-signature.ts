import ssh2, { type PublicKeyAuthContext } from 'ssh2'

/** Whether the client proved that it holds the private key. */
export function isSignatureValid(context: PublicKeyAuthContext): boolean {
  const key = ssh2.utils.parseKey(context.key.data)
  if (key instanceof Error || context.blob === undefined || context.signature === undefined) return false
  const parsed = Array.isArray(key) ? key[0] : key
  return parsed?.verify(context.blob, context.signature, context.hashAlgo) === true
}
