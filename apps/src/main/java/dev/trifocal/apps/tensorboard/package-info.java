/** A training as event files, which TensorBoard shows. */
package dev.trifocal.apps.tensorboard;
