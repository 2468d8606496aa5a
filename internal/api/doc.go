// Package api is the JSON API: everything that the pages do, over the same service methods. Operations are described
// by their types (OpenAPI 3.1 at /api/openapi.json, for people at /api/docs); every route is let in by package gate;
// what goes wrong is an RFC 9457 problem with a stable code, the facts, and words in Chinese.
package api
