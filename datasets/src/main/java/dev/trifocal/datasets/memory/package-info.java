/** Data sets in memory; 8-bit images are kept as bytes until they are used. */
package dev.trifocal.datasets.memory;
