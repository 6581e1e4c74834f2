import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, globSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** `npm run build`: compiles the product to `dist/`, beside the files that it reads at run time. */

const ASSETS = '{adapters,schemas}/**/*.{graphql,sh}'
const EXECUTABLE = 'dist/adapters/inbound/cli/daisi.js'

rmSync('dist', { recursive: true, force: true })
const COMPILER = 'node_modules/typescript-native/bin/tsc'
const { status } = spawnSync(process.execPath, [COMPILER, '-p', 'ops/build/tsconfig.json'], { stdio: 'inherit' })
if (status === 0) {
  for (const asset of globSync(ASSETS)) {
    mkdirSync(dirname(join('dist', asset)), { recursive: true })
    copyFileSync(asset, join('dist', asset))
  }
  chmodSync(EXECUTABLE, 0o755)
} else process.exitCode = 1
