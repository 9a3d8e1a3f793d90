package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.train.Arithmetic;

/** Arithmetic that is evaluated immediately. */
record DjlArithmetic(ArrayStore store) implements Arithmetic<PtNDArray> {
  @Override
  public PtNDArray constant(double value) {
    return store.number(value);
  }

  @Override
  public PtNDArray add(PtNDArray a, PtNDArray b) {
    return JniUtils.add(a, b);
  }

  @Override
  public PtNDArray subtract(PtNDArray a, PtNDArray b) {
    return JniUtils.sub(a, b);
  }

  @Override
  public PtNDArray multiply(PtNDArray a, PtNDArray b) {
    return JniUtils.mul(a, b);
  }

  @Override
  public PtNDArray divide(PtNDArray a, PtNDArray b) {
    return JniUtils.div(a, b);
  }

  @Override
  public PtNDArray sqrt(PtNDArray a) {
    return JniUtils.sqrt(a);
  }

  @Override
  public PtNDArray exp(PtNDArray a) {
    return JniUtils.exp(a);
  }

  @Override
  public PtNDArray power(PtNDArray a, PtNDArray b) {
    return JniUtils.pow(a, b);
  }

  @Override
  public PtNDArray abs(PtNDArray a) {
    return JniUtils.abs(a);
  }

  @Override
  public PtNDArray sign(PtNDArray a) {
    return JniUtils.sign(a);
  }

  @Override
  public PtNDArray minimum(PtNDArray a, PtNDArray b) {
    return JniUtils.min(a, b);
  }

  @Override
  public PtNDArray maximum(PtNDArray a, PtNDArray b) {
    return JniUtils.max(a, b);
  }

  @Override
  public PtNDArray sum(PtNDArray a) {
    return JniUtils.sum(a);
  }
}
