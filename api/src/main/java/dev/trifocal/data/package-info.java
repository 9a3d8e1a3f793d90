/** Datasets, batches, and the loader that reads ahead of the engine. */
package dev.trifocal.data;
