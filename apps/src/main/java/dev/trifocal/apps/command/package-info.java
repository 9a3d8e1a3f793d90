/**
 * The commands, one per file, with their options and help texts; the neighbouring packages do the
 * work.
 */
package dev.trifocal.apps.command;
