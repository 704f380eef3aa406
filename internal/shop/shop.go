// Package shop holds the words the program speaks: the things a shoe shop
// has, their ids, money and time, and the rules that need no database, no
// network and no clock. Every other package imports it; it imports only the
// standard library.
//
// The structs here are also the rows of the database: their fields are flat
// and of basic types, so that what is stored is what is spoken of. Lists are
// slices of other rows.
package shop
