/** A router that we manage, as far as reaching it needs. Ids are opaque: letters, digits, `-` and `_`, 1-64 of them. */
export interface Device {
  readonly deviceId: string
  readonly tenantId: string
  /** For people. Never goes into commit messages or refs. */
  readonly name: string
  /** Name or address that we connect to. */
  readonly host: string
  /** SSH port; usually 22. */
  readonly port: number
  /** Offer SHA-1 algorithms too, for RouterOS 6.4x that has nothing better. Default false. */
  readonly legacyAlgorithms?: boolean
}

/** What we log in with. At least one of `password` and `privateKey`. */
export interface DeviceCredentials {
  readonly username: string
  readonly password?: string
  /** OpenSSH or PEM text. */
  readonly privateKey?: string
  readonly passphrase?: string
}

/** A host key as it was seen: enough to recognize it, nothing secret. */
export interface HostKey {
  /** SSH name, for example `ssh-ed25519`. */
  readonly algorithm: string
  /** `SHA256:` and unpadded base64, as OpenSSH prints it. */
  readonly fingerprint: string
}
