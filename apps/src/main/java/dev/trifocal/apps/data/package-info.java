/** Data named by {@code DATA} on the command line. */
package dev.trifocal.apps.data;
