export const help = `clerk-server: the Clerk API on a machine of your own

Usage
  clerk-server <command> [flags]

Commands
  start      Serve the Backend API

Flags
  -h, --help     Show this text; after a command, the text on that command
  --version      Show the version

Example
  clerk-server start --memory
`

export const startHelp = `clerk-server start: serve the Backend API

Usage
  clerk-server start [flags]

Flags
  --host HOST            Address to listen on (default 127.0.0.1)
  --port PORT            Port to listen on, 0 for any that is free (default 4010)
  --data-dir DIR         Folder for the SQLite database and the keys (default .clerk)
  --memory               Keep everything in memory, for as long as the server runs
  --database-url URL     Keep everything in PostgreSQL (postgres://user:password@host/database)
  --seed FILE            Fill an empty database with users, one JSON object a line, each as POST /v1/users takes it
  --json                 Print one line of JSON when ready: event, url, apiUrl, frontendApiUrl, secretKey, apiKey,
                         publishableKey, pid
  -h, --help             Show this text

Of --data-dir, --memory and --database-url give one at most. Logs go to the standard error.
SIGTERM and SIGINT finish the requests that were accepted, then end the server; a second one ends it at once.

Exit codes
  0  stopped by a signal
  1  could not start: the port or the data directory is in use, the database cannot be reached, …
  2  the command line or the seed is wrong

Example
  clerk-server start --port 0 --memory --json
`
