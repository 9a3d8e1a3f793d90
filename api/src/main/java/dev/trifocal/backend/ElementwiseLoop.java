package dev.trifocal.backend;

/** The update of some elements, in one loop, as compiled by {@link ElementwiseLoopCompiler}. */
interface ElementwiseLoop {
  /**
   * Updates elements.
   *
   * @param arrays the weight, its gradient and the slots; weight and slots are overwritten
   * @param scalars scalars of the step, in the order of the program
   * @param length number of elements, from the first
   */
  void run(float[][] arrays, float[] scalars, int length);
}
