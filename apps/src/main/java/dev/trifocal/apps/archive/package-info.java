/** The run whose classes the launcher archives for a faster start. */
package dev.trifocal.apps.archive;
