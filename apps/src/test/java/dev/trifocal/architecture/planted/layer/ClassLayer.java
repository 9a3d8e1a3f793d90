package dev.trifocal.architecture.planted.layer;

/** Is no record. */
public final class ClassLayer {}
