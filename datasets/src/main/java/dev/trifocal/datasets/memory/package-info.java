/** Data sets whose samples lie in memory as tensors, pixels as bytes until they are asked for. */
package dev.trifocal.datasets.memory;
