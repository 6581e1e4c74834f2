import {
  getNamedType, isCompositeType, isLeafType, isObjectType, isRequiredArgument, type GraphQLField, type GraphQLNamedType,
  type GraphQLObjectType, type GraphQLSchema,
} from 'graphql'

/** Values for arguments that must be given, by the argument's name, as GraphQL text. */
export type Samples = Readonly<Record<string, string>>

type Field = GraphQLField<unknown, unknown>

const argumentsOf = ({ args }: Field, samples: Samples, field: string): string => {
  const given = args.filter(isRequiredArgument).map(({ name }) => {
    const value = samples[name]
    if (value === undefined) throw new Error(`a sample is missing for the argument ${name} of ${field}`)
    return `${name}: ${value}`
  })
  return given.join(', ')
}

const rootOf = (schema: GraphQLSchema, type: GraphQLObjectType): string | undefined => {
  if (type === schema.getMutationType()) return 'mutation'
  return type === schema.getQueryType() ? 'query' : undefined
}

const withArguments = (field: Field, samples: Samples): string => {
  const given = argumentsOf(field, samples, field.name)
  return given === '' ? field.name : `${field.name}(${given})`
}

/** Fields that lead from the query root to a type, the fewest of them. */
const pathTo = (schema: GraphQLSchema, wanted: GraphQLNamedType, samples: Samples): ReadonlyArray<string> => {
  const root = schema.getQueryType()
  if (!root) throw new Error('the schema has no queries')
  const seen = new Map<GraphQLNamedType, ReadonlyArray<string>>([[root, []]])
  for (const [type, path] of seen) {
    if (type === wanted) return path
    for (const field of isObjectType(type) ? Object.values(type.getFields()) : []) {
      const next = getNamedType(field.type)
      if (isObjectType(next) && !seen.has(next)) seen.set(next, [...path, withArguments(field, samples)])
    }
  }
  throw new Error(`nothing leads to ${wanted.name}`)
}

/** All of an object that needs no further question: its scalars and enums. */
export const leavesOf = (type: GraphQLNamedType): string => (isObjectType(type)
  ? `{ ${['__typename', ...Object.values(type.getFields()).filter((field) => isLeafType(getNamedType(field.type))
    && !field.args.some(isRequiredArgument)).map(({ name }) => name)].join(' ')} }`
  : '{ __typename }')

/** `Type.field` of every field of every object type. */
export const fieldsOf = (schema: GraphQLSchema): ReadonlyArray<string> => Object.values(schema.getTypeMap())
  .filter(isObjectType).filter(({ name }) => !name.startsWith('__'))
  .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`))

interface Asked {
  /** Selects within the field's object; all that needs no further question unless said otherwise. */
  readonly inside?: (type: GraphQLNamedType) => string
  /** Further arguments of the field, as GraphQL text. */
  readonly more?: string
}

const askedField = (field: Field, name: string, samples: Samples, { inside = leavesOf, more }: Asked): string => {
  const [required, type] = [argumentsOf(field, samples, name), getNamedType(field.type)]
  const given = [required, ...(more === undefined ? [] : [more])].filter((text) => text !== '').join(', ')
  return `${field.name}${given === '' ? '' : `(${given})`} ${isCompositeType(type) ? inside(type) : ''}`
}

/** The field that `Type.field` names. */
export const fieldNamed = (schema: GraphQLSchema, name: string): Field => {
  const [typeName = '', fieldName = ''] = name.split('.')
  const type = schema.getType(typeName)
  const field = isObjectType(type) ? type.getFields()[fieldName] : undefined
  if (field === undefined) throw new Error(`the schema has no ${name}`)
  return field
}

/** An operation that asks for `Type.field`, by the shortest way there. */
export const queryFor = (schema: GraphQLSchema, name: string, samples: Samples, asked: Asked = {}): string => {
  const type = schema.getType(name.split('.')[0] ?? '')
  const field = askedField(fieldNamed(schema, name), name, samples, asked)
  const root = isObjectType(type) ? rootOf(schema, type) : undefined
  const path = root === undefined && isObjectType(type) ? pathTo(schema, type, samples) : []
  return `${root ?? 'query'} { ${[...path, field].join(' { ')} ${'}'.repeat(path.length)} }`
}
