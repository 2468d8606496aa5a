// Package item holds the service items (服务事项): what a citizen can ask for, what it takes,
// who does which step in how many days, and how people find it.
//
// It answers M9 (every item with the national element set, GB/T 39046-2020), the rules behind
// M10 and M11 (one definition city-wide; promised never longer than legal) and the search of
// M38 (what do you want to do → item), §三7, §五(一)、(二)、(四).
//
// A definition is checked as a whole by Definition.Check; a Catalogue is an index that never
// changes: a new version of an item makes a new catalogue.
package item
