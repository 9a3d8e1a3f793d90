package dev.trifocal.architecture.planted.surplus;

/** Lies in a package that the table of arrows does not have. */
public final class Stranger {}
