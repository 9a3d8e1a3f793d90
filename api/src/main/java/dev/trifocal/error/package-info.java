/**
 * The exception hierarchy. Messages are written for users: they name the item at fault (a layer
 * path, a file, an option), the problem and the remedy.
 */
package dev.trifocal.error;
