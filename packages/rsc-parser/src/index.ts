export type {
  AddedChange,
  Change,
  ModifiedChange,
  MovedChange,
  PropertyChange,
  RemovedChange,
  UnknownValue,
} from './diff/change.js'
export type { DeviceState, MenuState } from './diff/device-state.js'
export { deviceState } from './diff/device-state.js'
export type { Diff, DiffOptions } from './diff/diff-documents.js'
export { diffDocuments } from './diff/diff-documents.js'
export type { SecretVisibility } from './diff/hidden-secrets.js'
export { carriesSecrets } from './diff/hidden-secrets.js'
export type { StateItem } from './diff/state-item.js'
export type { DocumentOptions } from './document/build-document.js'
export { buildDocument } from './document/build-document.js'
export type { EmbeddedScript } from './document/embedded-script.js'
export { embeddedScript, embeddedScripts } from './document/embedded-script.js'
export type { ExportHeader } from './document/export-header.js'
export type { AttachedComment, Item, ItemIdentity } from './document/item.js'
export { itemIdentity } from './document/item-identity.js'
export type { MenuPath } from './document/menu-path.js'
export { canonicalMenuPath, menuPathWords, parentMenu } from './document/menu-path.js'
export type { PropertyValue } from './document/property-value.js'
export type { IncompleteMenu, MenuSection, OtherStatement, RscDocument } from './document/rsc-document.js'
export { isScriptProperty } from './document/script-properties.js'
export type { Selector } from './document/selector.js'
export { completeVerb, isDirectory, isRootCommand, isStandardVerb, isVerb } from './facts/command-table.js'
export { importOrder, importRank } from './facts/import-order.js'
export type { MenuFacts, MenuRisk } from './facts/menu-facts.js'
export { allMenuPaths, menuFacts } from './facts/menu-table.js'
export type { ResolvedCommand } from './facts/resolve-command.js'
export { resolveCommand } from './facts/resolve-command.js'
export type { Risk } from './impact/change-risk.js'
export type {
  CompareOptions,
  LockoutReport,
  StatementLockout,
} from './impact/compare-management-path.js'
export { compareManagementPath } from './impact/compare-management-path.js'
export type { Impact, ImpactCategory } from './impact/compute-impact.js'
export { computeImpact } from './impact/compute-impact.js'
export { evaluateManagementPath } from './impact/evaluate-management-path.js'
export type {
  ManagementPacket,
  ManagementPath,
  PathStage,
  PathVerdict,
  TraceStep,
} from './impact/management-path.js'
export type { RscCategory } from './impact/parse-rsc.js'
export { parseRsc } from './impact/parse-rsc.js'
export type { LockoutVerdict } from './impact/path-comparison.js'
export { validateRsc } from './impact/validate-rsc.js'
export type { RenderOptions } from './layout/render-document.js'
export { renderDocument } from './layout/render-document.js'
export type { CommandWord } from './layout/wrap-command.js'
export { onePerLine, wrapCommand } from './layout/wrap-command.js'
export type { FixResult } from './lint/apply-fixes.js'
export { applyFixes, fixText } from './lint/apply-fixes.js'
export type { Baseline, FileFindings } from './lint/baseline.js'
export { makeBaseline, readBaseline, withoutBaseline } from './lint/baseline.js'
export type { Finding, RelatedPlace, Severity, TextEdit } from './lint/finding.js'
export type { ConfigOverride, FileConfig, LintConfig, SourceKind } from './lint/lint-config.js'
export { configFor, isIgnored, readLintConfig } from './lint/lint-config.js'
export type { LintOptions } from './lint/lint-text.js'
export { lint, lintText } from './lint/lint-text.js'
export type { PresetName } from './lint/presets.js'
export type { Rule, RuleSetting } from './lint/rule.js'
export { findRule, rules as lintRules } from './lint/rules/index.js'
export { canonicalValue } from './normalize/canonical-value.js'
export { defaultValue } from './normalize/default-value.js'
export type { ComparableItem } from './normalize/significant-properties.js'
export { significantProperties, significantValue, unsetMark } from './normalize/significant-properties.js'
export { significantText } from './normalize/significant-text.js'
export type { VolatileLine } from './normalize/volatile-lines.js'
export { findVolatileLine, volatileLines } from './normalize/volatile-lines.js'
export type { PlanOptions } from './plan/plan-restore.js'
export { planRestore } from './plan/plan-restore.js'
export type { PlanState } from './plan/plan-state.js'
export { applyEffect, applyStatement, startPlan } from './plan/plan-state.js'
export type { ScriptOptions } from './plan/print-script.js'
export { printScript } from './plan/print-script.js'
export type {
  AssumedDefault,
  Effect,
  ItemRef,
  PlanStatement,
  RestorePlan,
  StatementHazard,
  Unsupported,
  UnsupportedCode,
} from './plan/restore-plan.js'
export type { JsonChange, JsonDiff, JsonPropertyChange, JsonUnknown } from './report/diff-json.js'
export { diffJson } from './report/diff-json.js'
export { formatGithub } from './report/format-github.js'
export { formatJson } from './report/format-json.js'
export type { PrettyOptions } from './report/format-pretty.js'
export { formatPretty } from './report/format-pretty.js'
export { formatSarif } from './report/format-sarif.js'
export type { LintedFile } from './report/linted-file.js'
export { countFindings } from './report/linted-file.js'
export type { UnifiedOptions } from './report/unified-diff.js'
export { unifiedDiff } from './report/unified-diff.js'
export type { SecretPlace } from './secrets/find-secrets.js'
export { findSecrets } from './secrets/find-secrets.js'
export { maskedValue } from './secrets/masked-value.js'
export type { Redacted } from './secrets/redact.js'
export { redact, secretMask } from './secrets/redact.js'
export { isSecret } from './secrets/secret-names.js'
export { parseCondition, parseExpression } from './syntax/build-value.js'
export type {
  ArgumentNode,
  ArrayElementNode,
  BinaryNode,
  BlockNode,
  CommandNode,
  CommentNode,
  CompoundNode,
  ExpressionNode,
  GroupNode,
  ListNode,
  OperatorNode,
  StatementNode,
  StringNode,
  StringPart,
  SubstitutionNode,
  TextNode,
  UnaryNode,
  ValueNode,
  VariableNode,
  WordNode,
} from './syntax/node.js'
export { parse, parseBytes } from './syntax/parser.js'
export { print, printBytes } from './syntax/print-tree.js'
export type { Problem, ProblemCode } from './syntax/problem.js'
export { problemCodes } from './syntax/problem.js'
export type { Token } from './syntax/token.js'
export { TokenKind } from './syntax/token.js'
export { Tree } from './syntax/tree.js'
export type { TreeArrays } from './syntax/tree-arrays.js'
export { byteStringToBytes, bytesToByteString, displayText, toByteString } from './text/bytes.js'
export { decodeString } from './text/escape.js'
export { LineIndex } from './text/line-index.js'
export { formatValue, quoteString } from './text/quote.js'
export type { SourcePosition, SourceRange } from './text/source-range.js'
