package dev.trifocal.architecture.planted.tensor;

/** Has the name of a type in another package of its module. */
public final class SameName {}
