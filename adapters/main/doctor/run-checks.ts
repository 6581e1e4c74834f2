import type { Check, Examined, Finding } from './check.ts'
import { faultOf } from './fault.ts'

/** One look; a dependency that is frozen answers nothing. */
const LOOK_WITHIN_MS = 10_000

const within = async (look: Check['look'], ms: number): Promise<Finding> => {
  const silent = Promise.withResolvers<Finding>()
  const timer = setTimeout(() => { silent.reject(new Error('silent')) }, ms)
  try {
    return await Promise.race([look(), silent.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** All at once, each for itself: one that fails or stays silent takes none of the others with it. */
export const runChecks = (checks: ReadonlyArray<Check>, withinMs = LOOK_WITHIN_MS): Promise<ReadonlyArray<Examined>> =>
  Promise.all(checks.map(async ({ area, name, look }) =>
    ({ area, name, ...(await within(look, withinMs).catch((cause: unknown) => faultOf(area, cause))) })))
