/** Named tensors, how they get their first values, and the safetensors files that keep them. */
package dev.trifocal.weights;
