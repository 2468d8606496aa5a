// Package killtest kills the served program at any moment, under load, and holds it to what it had acknowledged: no case
// lost, none doubled, the record clean, ready again within seconds. It holds tests alone: a few rounds with every
// `make test`, two hundred with `make kill`.
package killtest
