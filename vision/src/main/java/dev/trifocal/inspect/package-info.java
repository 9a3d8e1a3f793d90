/** The values and kernels of a network's layers, as statistics and as pictures. */
package dev.trifocal.inspect;
