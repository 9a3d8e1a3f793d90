package dev.trifocal.architecture.planted.weights;

/** Has the name of a type in another package of its module. */
public record SameName(int value) {}
