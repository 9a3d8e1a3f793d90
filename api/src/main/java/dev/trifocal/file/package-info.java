/** Atomic writing of files, strict JSON, and error messages that name the file and the remedy. */
package dev.trifocal.file;
