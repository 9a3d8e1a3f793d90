package dev.trifocal.architecture.planted.graph;

/** What a shape must not know. */
public final class SomeGraph {}
