/** Models named by {@code MODEL} on the command line. */
package dev.trifocal.apps.model;
