/** Of the API: what is in `/api/v1` may grow, and is never taken away. */
export const VERSION = '1.0.0';
