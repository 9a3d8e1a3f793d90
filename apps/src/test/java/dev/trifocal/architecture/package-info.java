/**
 * The rules that the code keeps, each with its reason and each proved by a planted violation: a
 * {@link dev.trifocal.architecture.ArchitectureRule} holds both. They stand in {@code apps} because
 * it sees every module.
 */
package dev.trifocal.architecture;
