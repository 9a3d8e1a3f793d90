package dev.trifocal.architecture.planted.backend.onnx;

/** Could be depended on. */
public final class PublicSession {}
