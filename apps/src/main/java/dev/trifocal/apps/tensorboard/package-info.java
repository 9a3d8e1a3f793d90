/** TensorBoard event files of training runs. */
package dev.trifocal.apps.tensorboard;
