import ts from 'typescript'

const isExported = (node: ts.Statement): boolean =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)

const boundNames = (name: ts.BindingName): ReadonlyArray<string> =>
  (ts.isIdentifier(name) ? [name.text] : name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundNames(element.name) : [])))

const declaredNames = (node: ts.Statement): ReadonlyArray<string> => {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations.flatMap(({ name }) => boundNames(name))
  if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) return node.name === undefined ? [] : [node.name.text]
  return ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) ? [node.name.text] : []
}

const listedNames = (node: ts.Statement): ReadonlyArray<string> =>
  (ts.isExportDeclaration(node) && node.exportClause !== undefined && ts.isNamedExports(node.exportClause)
    ? node.exportClause.elements.map(({ name }) => name.text) : [])

const isDefault = (node: ts.Statement): boolean =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)

/** Names that a file exports; a default export, which only tools load, is none. */
export const exportedNames = (file: ts.SourceFile): ReadonlyArray<string> =>
  file.statements.flatMap((node) => (isExported(node) && !isDefault(node) ? declaredNames(node) : listedNames(node)))
