package dev.trifocal.backend.onnx;

/**
 * What a step is compiled for. It determines the operators; results differ by rounding only.
 *
 * @param block block size of the layout NCHWc, or {@link NchwcBlockSize#NONE} for standard
 *     operators only
 * @param batch samples in most batches; steps run with any number
 */
record StepTarget(int block, int batch) {
  /** Returns this target with standard operators only. */
  StepTarget portable() {
    return new StepTarget(NchwcBlockSize.NONE, batch);
  }
}
