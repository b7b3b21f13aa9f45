// Every import a source file makes, and whether anything is left of it when the program runs.
import ts from 'typescript'

/**
 * @typedef {object} Import
 * @property {string} specifier what is imported, as it is written
 * @property {number} line
 * @property {boolean} typeOnly whether the import is erased. `import { type A }` is not: the module is still loaded.
 */

/**
 * @param {string} file its name, which decides how it is read
 * @param {string} text
 * @returns {Import[]}
 */
export function importsOf(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest)
  /** @type {Import[]} */
  const found = []

  /** @param {ts.Node | undefined} specifier @param {boolean} typeOnly */
  const add = (specifier, typeOnly) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return
    const { line } = source.getLineAndCharacterOfPosition(specifier.getStart(source))
    found.push({ specifier: specifier.text, line: line + 1, typeOnly })
  }

  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword)
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly)
    } else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      add(node.moduleReference.expression, node.isTypeOnly)
    } else if (ts.isImportTypeNode(node)) {
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true)
    } else if (ts.isCallExpression(node) && isLoad(node.expression)) {
      add(node.arguments[0], false)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** @param {ts.Expression} callee */
const isLoad = (callee) =>
  callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require')
