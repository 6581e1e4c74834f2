import { basename } from 'node:path'

const KEBAB_CASE = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*\.(ts|js|cjs)$/
/** Migrations: <time>-<what>. */
const MIGRATION = /^\d{8}T\d{6}-[a-z0-9-]+\.ts$/
/** Words that name no idea: a file that needs one wants another cut. */
const REFUSED = /(^|[-.])(utils?|helpers?|managers?|common|misc|base|impl|index|stuff)([-.]|$)/

const problemOf = (name) => {
  if (!KEBAB_CASE.test(name) && !MIGRATION.test(name)) return 'is not in kebab-case'
  const refused = REFUSED.exec(name)
  return refused === null ? undefined : `says "${refused[2]}", which names no idea`
}

/** ESLint rule: a file is named in kebab-case after its main export. */
export const fileNames = {
  meta: { type: 'problem', schema: [] },
  create: (context) => ({
    Program: (node) => {
      const problem = problemOf(basename(context.filename))
      if (problem !== undefined) context.report({ node, message: `the file's name ${problem}` })
    },
  }),
}
