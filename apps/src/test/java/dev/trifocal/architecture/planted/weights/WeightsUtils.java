package dev.trifocal.architecture.planted.weights;

/** Has a name that says nothing. */
public final class WeightsUtils {}
