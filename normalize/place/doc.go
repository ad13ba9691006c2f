// Package place knows administrative units: their names and codes, when each was
// valid, what it belonged to, and what became of it in a merger.
//
// In: tables that the user gives (see [Load] for the formats); the package has
// none of its own. Out: [Table.Resolve] gives the units a printed name may mean
// on a date, [Table.Successors] and [Table.Predecessors] follow a unit through
// mergers, and [Suggest] ranks known names for one that is not known.
//
// It promises never to choose among units that fit equally well: it returns
// them all. A code is no identity (codes were given again in 2025), so a unit is
// told apart by code and the day it became valid. It does not guess at names: a
// misspelt one is not found, only suggested for.
package place
