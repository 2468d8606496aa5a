// Package app puts the program together: one database, its keys, the city it was told, the services, the gate with
// every route, and what runs beside them. cmd starts it; tests start it just the same, on either engine.
package app
