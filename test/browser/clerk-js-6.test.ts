import { walkThrough } from './matrix.js'

// The application has the pages to sign up and in itself: the server's are made with version 5.
walkThrough('with clerk-js 6', { guard: 'this SDK', clerkJS: '6', ownPages: true })
