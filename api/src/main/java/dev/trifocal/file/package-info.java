/**
 * How files are written and read: whole or not at all, and with messages that name the file and the
 * cure.
 */
package dev.trifocal.file;
