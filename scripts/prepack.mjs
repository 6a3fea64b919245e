// Before a package is packed: builds it with type declarations. Only pnpm puts versions in place of `workspace:` and
// `catalog:`, so what npm packs is good for a look and cannot be installed.
import { setUp } from './setup.mjs'

setUp({ types: true })
if (process.env.npm_config_user_agent?.startsWith('npm/')) {
  console.error(
    'Packed by npm this cannot be installed. To try it elsewhere: npm run pack, in the root of the workspace.',
  )
}
