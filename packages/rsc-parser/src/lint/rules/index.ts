import type { Rule } from '../rule.js'
import { duplicateAddress } from './duplicate-address.js'
import { duplicateBridgePort } from './duplicate-bridge-port.js'
import { duplicateLease } from './duplicate-lease.js'
import { duplicateName } from './duplicate-name.js'
import { duplicateProperty } from './duplicate-property.js'
import { duplicateVlan } from './duplicate-vlan.js'
import { noAcceptAll } from './no-accept-all.js'
import { noAddressOnBridgePort } from './no-address-on-bridge-port.js'
import { noBandwidthServer } from './no-bandwidth-server.js'
import { noBridgePortInRule } from './no-bridge-port-in-rule.js'
import { noBroadDstNat } from './no-broad-dst-nat.js'
import { noBroadMasquerade } from './no-broad-masquerade.js'
import { noClearTextService } from './no-clear-text-service.js'
import { noCommentAfterCommand } from './no-comment-after-command.js'
import { noDanglingReference } from './no-dangling-reference.js'
import { noDefaultUser } from './no-default-user.js'
import { noEmptyAddressList } from './no-empty-address-list.js'
import { noFailedMenu } from './no-failed-menu.js'
import { noFasttrackWithoutAccept } from './no-fasttrack-without-accept.js'
import { noFullRightsScript } from './no-full-rights-script.js'
import { noInternalId } from './no-internal-id.js'
import { noInterruptedExport } from './no-interrupted-export.js'
import { noInvalidEscape } from './no-invalid-escape.js'
import { noJumpToMissingChain } from './no-jump-to-missing-chain.js'
import { noMacServerOnAll } from './no-mac-server-on-all.js'
import { noMenuOfOtherVersion } from './no-menu-of-other-version.js'
import { noMissingRequiredProperty } from './no-missing-required-property.js'
import { noMisspelledProperty } from './no-misspelled-property.js'
import { noNeighborDiscoveryOnAll } from './no-neighbor-discovery-on-all.js'
import { noOpenDnsResolver } from './no-open-dns-resolver.js'
import { noOpenProxy } from './no-open-proxy.js'
import { noOpenWireless } from './no-open-wireless.js'
import { noPastedText } from './no-pasted-text.js'
import { noPoolOutsideNetwork } from './no-pool-outside-network.js'
import { noPptpServer } from './no-pptp-server.js'
import { noPvidOnTaggedPort } from './no-pvid-on-tagged-port.js'
import { noRomon } from './no-romon.js'
import { noScriptSyntaxError } from './no-script-syntax-error.js'
import { noSecretInClear } from './no-secret-in-clear.js'
import { noSmb } from './no-smb.js'
import { noSnmpPublicCommunity } from './no-snmp-public-community.js'
import { noStateMatchWithoutTracking } from './no-state-match-without-tracking.js'
import { noSyntaxError } from './no-syntax-error.js'
import { noTaggedAndUntagged } from './no-tagged-and-untagged.js'
import { noTruncatedExport } from './no-truncated-export.js'
import { noUnknownCommand } from './no-unknown-command.js'
import { noUnknownMenu } from './no-unknown-menu.js'
import { noUnreachableGateway } from './no-unreachable-gateway.js'
import { noUnusedAddressList } from './no-unused-address-list.js'
import { noUnusedChain } from './no-unused-chain.js'
import { noUpnp } from './no-upnp.js'
import { noVlanOnBridgePort } from './no-vlan-on-bridge-port.js'
import { noWeakCrypto } from './no-weak-crypto.js'
import { overlappingSubnets } from './overlapping-subnets.js'
import { unreachableRule } from './unreachable-rule.js'
import { useBridgeVlanMember } from './use-bridge-vlan-member.js'
import { useDhcpNetwork } from './use-dhcp-network.js'
import { useInputDrop } from './use-input-drop.js'
import { useSchedulerDate } from './use-scheduler-date.js'
import { useServiceAddress } from './use-service-address.js'
import { useStrongSsh } from './use-strong-ssh.js'

/** All rules, by id. */
export const rules: readonly Rule[] = [
  duplicateAddress,
  duplicateBridgePort,
  duplicateLease,
  duplicateName,
  duplicateProperty,
  duplicateVlan,
  noAcceptAll,
  noAddressOnBridgePort,
  noBandwidthServer,
  noBridgePortInRule,
  noBroadDstNat,
  noBroadMasquerade,
  noClearTextService,
  noCommentAfterCommand,
  noDanglingReference,
  noDefaultUser,
  noEmptyAddressList,
  noFailedMenu,
  noFasttrackWithoutAccept,
  noFullRightsScript,
  noInternalId,
  noInterruptedExport,
  noInvalidEscape,
  noJumpToMissingChain,
  noMacServerOnAll,
  noMenuOfOtherVersion,
  noMissingRequiredProperty,
  noMisspelledProperty,
  noNeighborDiscoveryOnAll,
  noOpenDnsResolver,
  noOpenProxy,
  noOpenWireless,
  noPastedText,
  noPoolOutsideNetwork,
  noPptpServer,
  noPvidOnTaggedPort,
  noRomon,
  noScriptSyntaxError,
  noSecretInClear,
  noSmb,
  noSnmpPublicCommunity,
  noStateMatchWithoutTracking,
  noSyntaxError,
  noTaggedAndUntagged,
  noTruncatedExport,
  noUnknownCommand,
  noUnknownMenu,
  noUnreachableGateway,
  noUnusedAddressList,
  noUnusedChain,
  noUpnp,
  noVlanOnBridgePort,
  noWeakCrypto,
  overlappingSubnets,
  unreachableRule,
  useBridgeVlanMember,
  useDhcpNetwork,
  useInputDrop,
  useSchedulerDate,
  useServiceAddress,
  useStrongSsh,
]

let byId: ReadonlyMap<string, Rule> | undefined

/** The rule of an id. */
export function findRule(id: string): Rule | undefined {
  // Made at the first call, so that bundles without lint drop the rules.
  byId ??= new Map(rules.map((rule) => [rule.id, rule]))
  return byId.get(id)
}
