import { mkdirSync, writeFileSync } from 'node:fs'
import { breaks } from './breaks.ts'
import { committedFiles } from './committed-files.ts'
import { contractFiles, FROZEN } from './files.ts'

/** `npm run contracts:freeze`, with a release: what is published now is promised from now on. Refuses what breaks an older promise. */
const now = contractFiles()
const broken = breaks(committedFiles(FROZEN), now)
for (const what of broken) process.stderr.write(`${what}\n`)
if (broken.length > 0) process.exit(1)
for (const [path, text] of now) {
  mkdirSync(new URL('.', new URL(path, FROZEN)), { recursive: true })
  writeFileSync(new URL(path, FROZEN), text)
}
process.stdout.write(`${now.size} contracts frozen\n`)
