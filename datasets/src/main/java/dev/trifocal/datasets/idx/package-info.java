/** IDX files, the format of MNIST and its successors, gzipped or not. */
package dev.trifocal.datasets.idx;
