import { writeFileSync } from 'node:fs'
import { rulesTestYaml, rulesYaml } from './rules-files.ts'

writeFileSync(new URL('rules.yaml', import.meta.url), rulesYaml())
writeFileSync(new URL('rules.test.yaml', import.meta.url), rulesTestYaml())
