import { z } from 'zod';

// Imported first of all: zod otherwise probes `new Function` while schemas are built, and our CSP reports that as a
// violation.
z.config({ jitless: true });
