import {
  getArgumentValues, getNamedType, getOperationAST, getVariableValues, isCompositeType, Kind,
  type DocumentNode, type FieldNode, type FragmentDefinitionNode, type GraphQLCompositeType, type GraphQLSchema,
  type OperationDefinitionNode, type SelectionSetNode,
} from 'graphql'
import { pageSize } from './page.ts'
import { refusal } from './refusals.ts'

/** Rows that all pages of a query may have together, nested ones multiplied (bad inputs Q11). */
const MOST_ROWS = 5_000

export interface GraphqlRequest {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly operationName: string | null | undefined
  readonly variables: Readonly<Record<string, unknown>> | null | undefined
}

/** Text that PostgreSQL cannot hold, or that is not text at all (bad inputs Q22). */
const isSound = (value: unknown): boolean => {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0')
  if (typeof value !== 'object' || value === null || value instanceof Date) return true
  return Object.values(value).every(isSound)
}

interface Walk {
  readonly schema: GraphQLSchema
  readonly variables: Readonly<Record<string, unknown>>
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  /** Each fragment is counted once: spreads may double at every level. */
  readonly counted: Map<string, number>
}

const typeNamed = ({ schema }: Walk, name: string): GraphQLCompositeType | undefined => {
  const type = schema.getType(name)
  return isCompositeType(type) ? type : undefined
}

const rowsOfField = (walk: Walk, parent: GraphQLCompositeType, node: FieldNode): number => {
  const field = 'getFields' in parent ? parent.getFields()[node.name.value] : undefined
  if (field === undefined) return 0
  const args = getArgumentValues(field, node, walk.variables)
  if (!isSound(args)) throw refusal('BAD_USER_INPUT', 'Text must be well-formed Unicode without NUL.')
  const type = getNamedType(field.type)
  const inner = node.selectionSet === undefined || !isCompositeType(type) ? 0 : rowsOf(walk, type, node.selectionSet)
  const isConnection = field.args.some(({ name }) => name === 'first')
  return isConnection ? pageSize(args).size * (1 + inner) : inner
}

const rowsOfFragment = (walk: Walk, name: string): number => {
  const fragment = walk.fragments.get(name)
  const known = walk.counted.get(name)
  if (known !== undefined || fragment === undefined) return known ?? 0
  const type = typeNamed(walk, fragment.typeCondition.name.value)
  const rows = type === undefined ? 0 : rowsOf(walk, type, fragment.selectionSet)
  walk.counted.set(name, rows)
  return rows
}

const rowsOf = (walk: Walk, parent: GraphQLCompositeType, { selections }: SelectionSetNode): number => {
  let rows = 0
  for (const node of selections) {
    switch (node.kind) {
      case Kind.FIELD: rows += rowsOfField(walk, parent, node); break
      case Kind.FRAGMENT_SPREAD: rows += rowsOfFragment(walk, node.name.value); break
      case Kind.INLINE_FRAGMENT: {
        const type = node.typeCondition === undefined ? parent : typeNamed(walk, node.typeCondition.name.value)
        if (type !== undefined) rows += rowsOf(walk, type, node.selectionSet)
      }
    }
  }
  return rows
}

const coercedVariables = (
  schema: GraphQLSchema, { variableDefinitions = [] }: OperationDefinitionNode, given: Readonly<Record<string, unknown>>,
): Walk['variables'] => {
  const { coerced, errors } = getVariableValues(schema, variableDefinitions, given)
  if (coerced === undefined) throw refusal('BAD_USER_INPUT', errors[0]?.message ?? 'The variables do not fit.')
  return coerced
}

/**
 * Looks at the arguments of a valid document before anything runs, variables included: page sizes, text, and how many rows
 * all pages may have together. Answers how many that are. Throws `BAD_USER_INPUT`, also for variables that do not
 * fit, of which compiled execution lets some pass, or `TOO_EXPENSIVE`.
 */
export const checkRequest = ({ schema, document, operationName, variables }: GraphqlRequest): number => {
  const operation = getOperationAST(document, operationName)
  const root = operation && schema.getRootType(operation.operation)
  if (!operation || !root) return 0
  const coerced = coercedVariables(schema, operation, variables ?? {})
  const fragments = new Map(document.definitions.flatMap((node) =>
    (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [])))
  const rows = rowsOf({ schema, variables: coerced, fragments, counted: new Map() }, root, operation.selectionSet)
  if (rows > MOST_ROWS) throw refusal('TOO_EXPENSIVE', `A query may ask for ${MOST_ROWS} rows in all, this one asks for ${rows}.`)
  return rows
}
