/** The version of Trifocal. */
package dev.trifocal.version;
