// Package migrations embeds the schema: one numbered file per noun and
// dialect, with the same number and name in both folders.
//
// The second line of each file says whether the previous release can run on
// the schema it makes ("previous release: yes" or "no"). The migrate command
// notes that in the database, and a binary that finds a newer schema refuses
// to start unless every newer migration is marked yes.
package migrations

import "embed"

// Files holds sqlite/NNNN_noun.sql and postgres/NNNN_noun.sql.
//
//go:embed sqlite/*.sql postgres/*.sql
var Files embed.FS
