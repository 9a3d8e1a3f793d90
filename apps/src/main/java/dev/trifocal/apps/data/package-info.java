/** What {@code DATA} on the command line stands for. */
package dev.trifocal.apps.data;
