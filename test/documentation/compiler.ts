import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import type { Snippet } from './snippets.js'

const folder = fileURLToPath(new URL('snippets/', import.meta.url))

/** What a project has that does not install Next, as the snippets need it. */
const next = `declare module 'next' {
  import type { IncomingMessage, ServerResponse } from 'node:http'
  export interface NextApiRequest extends IncomingMessage {
    query: Partial<Record<string, string | string[]>>
    cookies: Partial<Record<string, string>>
    body: any
  }
  export interface NextApiResponse<Data = any> extends ServerResponse {
    send(body: Data): void
    json(body: Data): void
    status(code: number): NextApiResponse<Data>
  }
}
`

/** The projects of those who read the documentation. */
export const projects = {
  'Node, with Express 5': { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  'a bundler, with Express 4': {
    module: ts.ModuleKind.Preserve,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    paths: { express: [fileURLToPath(new URL('../../node_modules/@types/express-4/index.d.ts', import.meta.url))] },
  },
} satisfies Record<string, ts.CompilerOptions>

/** What the compiler complains of, by the file of the snippet. */
export function check(snippets: readonly Snippet[], project: ts.CompilerOptions): Map<string, string[]> {
  const files = new Map(snippets.map(({ file, code }) => [folder + file, `${code}\nexport {}\n`]))
  for (const { file, code } of snippets) if (file.endsWith('.cjs')) files.set(folder + file, code)
  files.set(`${folder}next.d.ts`, next)
  const options: ts.CompilerOptions = {
    ...project,
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts'],
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    allowJs: true,
    checkJs: true,
    skipLibCheck: true,
    noEmit: true,
  }
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile, getSourceFile, directoryExists } = host
  host.fileExists = (name) => files.has(name) || fileExists(name)
  host.readFile = (name) => files.get(name) ?? readFile(name)
  host.directoryExists = (name) => `${name}/` === folder || (directoryExists?.(name) ?? true)
  host.getSourceFile = (name, version, ...more) => {
    const code = files.get(name)
    if (code === undefined) return getSourceFile(name, version, ...more)
    return ts.createSourceFile(name, code, version)
  }
  const program = ts.createProgram([...files.keys()], options, host)
  const complaints = new Map<string, string[]>()
  for (const { file } of snippets) {
    const source = program.getSourceFile(folder + file)
    if (!source) throw new Error(`${file} is no part of the program`)
    const diagnostics = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
    const texts = diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
    complaints.set(file, [...texts, ...unresolved(source, program.getTypeChecker())])
  }
  return complaints
}

/** A module that is not found is no error to JavaScript: what it gives is of the type any, which hides every other. */
function unresolved(source: ts.SourceFile, checker: ts.TypeChecker): string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const isImport = ts.isCallExpression(node) && node.expression.getText(source) === 'require'
    if (isImport && checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any)
      found.push(`${node.getText(source)} is any`)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}
