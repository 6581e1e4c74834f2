import { writeFileSync } from 'node:fs'
import { graphqlRules } from './graphql-rules.ts'

writeFileSync(new URL('graphql-rules.md', import.meta.url), graphqlRules())
