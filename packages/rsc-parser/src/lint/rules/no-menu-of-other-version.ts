import type { Rule } from '../rule.js'

/** A menu that the release asked for does not have. */
export const noMenuOfOtherVersion: Rule = {
  id: 'no-menu-of-other-version',
  category: 'syntax',
  summary: 'A menu that the RouterOS release in question does not have.',
  recommended: 'warn',
  security: 'off',
  *check({ document, ros }) {
    for (const section of document.menus) {
      const { facts, path } = section
      if (facts === undefined || section.items.length === 0) continue
      const heading = section.headings[0] ?? section.items[0]?.range
      if (heading === undefined) continue
      const major = Math.max(ros.major, 6)
      if (!facts.majors.includes(major)) {
        yield { range: heading, message: `RouterOS ${ros.major} has no menu ${path}: an import fails here.` }
      } else if (
        ros.major === 7 &&
        ros.minor > 0 &&
        isOutside(ros.minor, sinceOf(facts.since), facts.until)
      ) {
        const span = [
          sinceOf(facts.since) === undefined ? '' : `from ${facts.since}`,
          facts.until === undefined ? '' : `up to ${facts.until}`,
        ]
        yield {
          range: heading,
          message: `Menu ${path} exists ${span.filter((part) => part !== '').join(' ')}, not in 7.${ros.minor}.`,
        }
      }
    }
  },
}

/** Where the tables begin to see optional packages, so that this release says nothing. */
function sinceOf(since: string | undefined): string | undefined {
  return since === '7.13.5' ? undefined : since
}

function isOutside(minor: number, since: string | undefined, until: string | undefined): boolean {
  const minorOf = (release: string): number => Number(release.split('.')[1])
  return (since !== undefined && minor < minorOf(since)) || (until !== undefined && minor > minorOf(until))
}
