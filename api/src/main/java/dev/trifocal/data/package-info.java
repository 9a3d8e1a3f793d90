/** Data sets, batches, and the loader that reads batches ahead of the engine. */
package dev.trifocal.data;
