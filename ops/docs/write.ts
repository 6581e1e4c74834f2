import { writeFileSync } from 'node:fs'
import { graphqlRules } from './graphql-rules.ts'
import { metricsDocument } from './metrics.ts'

writeFileSync(new URL('graphql-rules.md', import.meta.url), graphqlRules())
writeFileSync(new URL('metrics.md', import.meta.url), metricsDocument())
