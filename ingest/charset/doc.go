// Package charset tells in which character set a text is written, and decodes
// it: UTF-8, UTF-16 with and without a mark, and the 8-bit sets in which
// Russian and Kazakh were typed: windows-1251, KZ-1048, PT154, KOI8-R and
// CP866; windows-1252 for Western names.
//
// A declared set is a hint that breaks ties, never more: pages lie. 8-bit sets
// are told apart by the pairs of letters that they make of the bytes.
package charset
