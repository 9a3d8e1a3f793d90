/**
 * The commands, one per file: what each one takes and says of itself. The work is done by the
 * neighbouring packages.
 */
package dev.trifocal.apps.command;
