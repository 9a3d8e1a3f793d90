/** What {@code MODEL} on the command line stands for. */
package dev.trifocal.apps.model;
