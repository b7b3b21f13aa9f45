/** @type {import('next').NextConfig} */
export default {
  // This folder is all there is of the application, though there is a lockfile above it, too.
  turbopack: { root: import.meta.dirname },
  outputFileTracingRoot: import.meta.dirname,
}
