/** How content is sealed: 1 = locally held key, 2 = Transit engine, null = plaintext, only when configured by name. */
export type EncryptionTier = 1 | 2 | null
