import { readFileSync, writeFileSync } from 'node:fs'
import { withSettings } from './settings-section.ts'

const README = new URL('../../README.md', import.meta.url)

writeFileSync(README, withSettings(readFileSync(README, 'utf8')))
