/**
 * The one exception family. Messages are for people: they name the thing (layer path, file,
 * option), what is wrong with it, and the cure.
 */
package dev.trifocal.error;
