import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { contractFiles, PUBLISHED } from './files.ts'

/** Part of `npm run generate`: the folder holds what the code says, and nothing else. */
rmSync(PUBLISHED, { recursive: true, force: true })
for (const [path, text] of contractFiles()) {
  mkdirSync(new URL('.', new URL(path, PUBLISHED)), { recursive: true })
  writeFileSync(new URL(path, PUBLISHED), text)
}
