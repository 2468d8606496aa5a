// Package place holds the places where people are served and the units that serve them:
// the city's centre (市政务服务中心), the stations of towns and subdistricts (便民服务站),
// the rooms of villages and communities (便民服务室), and the units posted to them (进驻单位).
//
// It answers M1 (the three tiers as one tree by the 12-digit division code, §二(一)),
// M4 (uniform names, §三2) and gives M7 and M9 the standard counters (§三7) and the units.
//
// The tree and the naming rule are values: parsed once, indexed once, never changed.
package place
