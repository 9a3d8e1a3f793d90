/** ONNX files damaged at random, to see that reading them always ends in words. */
package dev.trifocal.apps.onnx.mutation;
