import { backend, unservedOperations } from '@clerk-server/contract'
import type { Operation } from './client-table.js'
import { clients, type PublishedClient } from './clients.js'
import { surfaceOf } from './surface.js'

const nowhere = {
  url: 'http://127.0.0.1:9',
  secretKey: 'sk_test_none',
  apiKey: 'test_none',
  publishableKey: 'pk_test_Y2xlcmsubG9jYWxob3N0JA',
}

/** The names of everything that a client can do. */
export const methodsOf = (client: PublishedClient): string[] => [...surfaceOf(client.connect(nowhere)).keys()]

interface Column {
  name: string
  /** Methods by the operation that they ask for. */
  asking: Map<string, string[]>
  /** Methods that ask for nothing by themselves. */
  quiet: string[]
  works: number
  refused: number
}

function columnOf(client: PublishedClient): Column {
  const { name, table } = client
  const methods = methodsOf(client)
  const asking = new Map<string, string[]>()
  for (const method of methods) {
    for (const operation of operationsOf(client, method)) {
      asking.set(operation, [...(asking.get(operation) ?? []), method])
    }
  }
  return {
    name,
    asking,
    quiet: methods.filter((method) => table.served[method]?.operations.length === 0),
    works: methods.filter((method) => method in table.served).length,
    refused: methods.filter((method) => method in table.unserved).length,
  }
}

/** What a method of a client asks the server for, by the table that its test goes by. */
export function operationsOf({ name, table }: PublishedClient, method: string): readonly Operation[] {
  const served = table.served[method]
  if (served) return [...served.operations, ...(served.also?.[name] ?? [])]
  return table.unserved[method]?.slice(0, 1) as Operation[]
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

const code = (names: Iterable<string>) => [...names].map((name) => `\`${name}\``).join(', ')

function tableOf(columns: readonly Column[], operations: readonly string[], verdict: string): string {
  const lines = operations.map((operation) => {
    const methods = new Set(columns.flatMap(({ asking }) => asking.get(operation) ?? []))
    const cells = columns.map(({ asking }) => (asking.has(operation) ? verdict : '–'))
    return row([`\`${operation}\``, ...cells, methods.size > 0 ? code(methods) : '–'])
  })
  const heads = ['operation', ...columns.map(({ name }) => name), 'method']
  return [row(heads), row(heads.map(() => '---')), ...lines].join('\n')
}

function quietTable(columns: readonly Column[]): string {
  const methods = [...new Set(columns.flatMap(({ quiet }) => quiet))]
  const heads = ['method', ...columns.map(({ name }) => name)]
  const lines = methods.map((method) =>
    row([`\`${method}\``, ...columns.map(({ quiet }) => (quiet.includes(method) ? 'works' : '–'))]),
  )
  return [row(heads), row(heads.map(() => '---')), ...lines].join('\n')
}

/** The whole of docs/compatibility.md. */
export function compatibilityPage(): string {
  const columns = clients.map(columnOf)
  const served = Object.keys(backend)
  const counts = columns.map(({ name, works, refused }) => row([name, String(works), String(refused)]))
  return `<!-- Made by test/interop/compatibility.test.ts, out of the tables that its tests go by. To make it anew:
     UPDATE=1 npx vitest run test/interop/compatibility.test.ts -->

# Which client can do what

Published clients, unchanged, with this server as their API. Every method of every client is called by \`test/interop\` with real
arguments: it *works*, which means that it gave what it should, or it is answered *501*, with the code \`operation_not_implemented\` and
the name of the operation. A dash means that the client has no method for it; the operation is there for whoever asks for it.

The server serves ${served.length} operations of the Backend API, and answers 501 to ${unservedOperations.length} others. \`clerkMiddleware\`, \`getAuth\` and \`requireAuth\` of
\`@clerk/express\`, and what the older packages export beside their clients, are tried by \`test/interop/express.test.ts\` and
\`test/interop/singletons.test.ts\`, with session tokens in the \`Authorization\` header.

| client | methods that work | methods that are answered 501 |
| --- | --- | --- |
${counts.join('\n')}

## Served

${tableOf(columns, served, 'works')}

## Answered 501

${tableOf(columns, unservedOperations, '501')}

## Methods that ask the server for nothing, or not by themselves

${quietTable(columns)}
`
}
