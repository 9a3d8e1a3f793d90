/** Output as text tables and JSON. */
package dev.trifocal.apps.report;
