// Clients read the environment when they are loaded: what a developer has set would count for all tests.
for (const name of Object.keys(process.env)) if (name.startsWith('CLERK_')) delete process.env[name]
process.env['CLERK_TELEMETRY_DISABLED'] = '1'
