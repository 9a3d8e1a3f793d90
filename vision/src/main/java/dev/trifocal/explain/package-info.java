/** Heat maps that show which parts of an image a classifier's score depends on. */
package dev.trifocal.explain;
